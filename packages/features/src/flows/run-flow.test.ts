import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { silentLogger, type UserId } from '@vaxel/base'
import type { Flow, FlowNode, HttpAnswer, HttpQuestion, Mail } from '@vaxel/core'
import { MemoryFlows, MemoryOwed } from '@vaxel/testkit'
import { CallWorld } from '@vaxel/testkit/calls/call-world'
import { createFlows } from './feature.ts'

const hangUp: FlowNode = { id: 'end', kind: 'hangUp', exits: {} }
const flow = (...nodes: FlowNode[]): Flow => ({
  start: nodes[0]!.id,
  nodes: [...nodes, hangUp],
  timeZone: 'Europe/Stockholm',
  mostStaySeconds: 120,
})
const backTo = (node: string) => ({ busy: node, noAnswer: node, unreachable: node })

/** 203 calls 500, a flow; what it asks of servers is answered by the test. */
async function calling(
  graph: (world: CallWorld) => Flow,
  prepare: (world: CallWorld, flows: MemoryFlows) => void = () => {},
) {
  const world = new CallWorld()
  const flows = new MemoryFlows()
  const asked: HttpQuestion[] = []
  const mails: Mail[] = []
  const answers: (HttpAnswer | 'never')[] = []
  const feature = createFlows({
    owed: new MemoryOwed(),
    flows,
    directory: world.directory,
    history: undefined as never,
    clock: world.clock,
    log: silentLogger,
    http: {
      ask: async (question) => {
        asked.push(question)
        const answer = answers.shift() ?? { kind: 'failed', reason: 'nobody there' }
        if (answer !== 'never') return answer
        return new Promise((resolve) => {
          question.signal?.addEventListener('abort', () => resolve({ kind: 'failed', reason: 'given up' }), {
            once: true,
          })
        })
      },
    },
    mailer: { queue: async (_, mail) => void mails.push(mail) },
    prompts: {},
    presenceOf: (userId) => world.presence.get(userId),
    spentTodayMicros: () => 0,
    isContact: async () => false,
    readWav: () => ({ ok: false, reason: '' }),
    record: async (callId, legId, isOn) => {
      const owner = world.service.owner(callId)!
      const { recordings } = world.service
      const refused = isOn
        ? await recordings.start(owner, owner.legs.get(legId)!)
        : recordings.stop(owner, legId, false)
      return refused?.text
    },
  })
  prepare(world, flows)
  flows.addLive(world.acme.id, 'office', graph(world))
  world.directory.addNumber(world.acme, '500', { kind: 'service', service: 'flow', id: 'office' })
  world.service.voice.provide('flow', feature.service)
  const caller = world.phone('203')
  const begin = async () => {
    const call = caller.call('500')
    await world.pass()
    return call
  }
  const plays = () => {
    const source = world.engine.legs.get(world.mediaOf('203'))?.plays
    return source?.kind === 'file' ? source.path.replace('/prompts/', '') : source?.kind
  }
  const press = async (keys: string) => {
    for (const digit of keys) world.engine.tell({ kind: 'digit', leg: world.mediaOf('203'), digit, durationMs: 100 })
    await world.pass()
  }
  const played = async () => {
    world.engine.tell({ kind: 'playEnded', leg: world.mediaOf('203') })
    await world.pass()
  }
  /** Codes of what the flow told the timeline. */
  const noted = () =>
    world.ledger.events.filter(({ kind }) => kind === 'service.noted').map(({ data }) => String(data.code).slice(5))
  const finish = async () => {
    await feature.close()
    await world.finish()
  }
  return { world, flows, feature, caller, begin, plays, press, played, noted, asked, answers, mails, finish }
}

const menu = (next: string): FlowNode => ({
  id: 'menu',
  kind: 'menu',
  say: [{ kind: 'prompt', name: 'flow-welcome' }],
  keys: '1',
  tries: 2,
  waitSeconds: 5,
  exits: { '1': next, silence: 'end', wrong: 'end' },
})

describe('a call to a flow', () => {
  it('stays as long as it may, whoever sets the clock meanwhile', async () => {
    const { world, begin, press, noted, finish } = await calling(() => flow(menu('end')))
    const call = await begin()
    world.clock.setWallClock(3_600_000)
    await press('1')
    assert.deepEqual(noted(), ['begins', 'pressed', 'hangs-up'])
    if (!call.isOver) call.hangUp()
    await finish()
  })

  it('rings whom the caller chose, under the name that the flow gives them, and is theirs when they answer', async () => {
    const { world, begin, plays, press, noted, finish } = await calling((of) =>
      flow(
        menu('name'),
        { id: 'name', kind: 'callerName', name: 'Sales {caller}', exits: { next: 'ring' } },
        {
          id: 'ring',
          kind: 'ring',
          target: { kind: 'user', userId: of.user('201').id },
          ringSeconds: 20,
          exits: backTo('end'),
        },
      ),
    )
    const anna = world.phone('201')
    const call = await begin()
    assert.equal(plays(), 'en/flow-welcome.wav')
    await press('1')
    await world.pass()
    assert.match(anna.last.invite?.request.headers.get('From') ?? '', /"Sales 203"/)
    anna.last.answer()
    await world.pass()
    world.assertJoined('203', '201')
    assert.deepEqual(noted(), ['begins', 'pressed', 'caller-named', 'rings'])
    const [first] = world.ledger.events.filter(({ data }) => data.code === 'flow.pressed')
    const { text, node, exit, version, key } = first!.data
    assert.deepEqual(
      { text, node, exit, version, key },
      {
        text: 'The caller pressed 1',
        node: 'menu',
        exit: '1',
        version: 1,
        key: '1',
      },
    )
    call.hangUp()
    await finish()
  })

  it('goes on when nobody answers, and ends with what was drawn', async () => {
    const { world, begin, played, plays, noted, finish } = await calling((of) =>
      flow(
        {
          id: 'ring',
          kind: 'ring',
          target: { kind: 'user', userId: of.user('201').id },
          ringSeconds: 10,
          hasMusic: true,
          exits: backTo('sorry'),
        },
        {
          id: 'sorry',
          kind: 'announce',
          say: [{ kind: 'prompt', name: 'flow-everybody-busy' }],
          exits: { next: 'end' },
        },
      ),
    )
    world.phone('201')
    const call = await begin()
    assert.equal(plays(), 'music')
    await world.pass(10_100)
    assert.equal(plays(), 'en/flow-everybody-busy.wav')
    await played()
    assert.ok(call.isOver)
    assert.deepEqual(noted(), ['begins', 'rings', 'came-back-noAnswer', 'announced', 'hangs-up'])
    await finish()
  })

  it('says that nobody is there, by the clock and the calendar of where the company is', async () => {
    // The world begins at midnight UTC, which is 01:00 in Stockholm, on New Year's Day.
    const { world, begin, plays, played, noted, finish } = await calling(() =>
      flow(
        {
          id: 'day',
          kind: 'holiday',
          country: 'SE',
          kinds: ['public'],
          ownDays: [],
          exits: { holiday: 'hours', ordinary: 'end' },
        },
        {
          id: 'hours',
          kind: 'time',
          open: [{ days: [4], from: '00:00', to: '01:00' }],
          exits: { open: 'end', closed: 'closed' },
        },
        {
          id: 'closed',
          kind: 'announce',
          say: [{ kind: 'prompt', name: 'flow-closed' }],
          isUninterruptible: true,
          exits: { next: 'end' },
        },
      ),
    )
    const call = await begin()
    assert.equal(plays(), 'en/flow-closed.wav')
    await played()
    assert.ok(call.isOver)
    assert.deepEqual(noted(), ['begins', 'holiday', 'time-closed', 'announced', 'hangs-up'])
    assert.equal(
      world.ledger.events.find(({ data }) => data.code === 'flow.holiday')?.data.text,
      '2026-01-01 is a holiday: nyårsdagen',
    )
    await finish()
  })

  it('asks a server, and goes by its answer or without it', async () => {
    const look: FlowNode = {
      id: 'look',
      kind: 'lookup',
      url: 'https://crm.example/{order}',
      method: 'GET',
      timeLimitMs: 2000,
      credential: 'crm',
      take: [{ variable: 'owner', pointer: '/owner/0' }],
      exits: { answered: 'who', failed: 'end', timeOut: 'end' },
    }
    const order: FlowNode = {
      id: 'order',
      kind: 'collect',
      say: [],
      variable: 'order',
      least: 4,
      most: 4,
      tries: 1,
      waitSeconds: 5,
      isSecret: true,
      exits: { entered: 'look', silence: 'end', wrong: 'end' },
    }
    const who: FlowNode = {
      id: 'who',
      kind: 'variable',
      variable: 'owner',
      test: 'is',
      value: 'anna',
      exits: { yes: 'mail', no: 'end' },
    }
    const mail: FlowNode = {
      id: 'mail',
      kind: 'mail',
      to: 'a@acme.test',
      subject: 'Order {order}',
      text: '{owner}',
      exits: { next: 'end' },
    }
    const { world, flows, begin, press, noted, asked, answers, mails, finish } = await calling(() =>
      flow(order, look, who, mail),
    )
    await flows.putCredential(
      { companyId: world.acme.id, name: 'crm', host: 'crm.example', changedAtMs: 0 },
      'Bearer x',
      undefined as never,
    )
    answers.push({ kind: 'answered', status: 200, body: { owner: ['Anna'] } }, { kind: 'timeOut' })
    await begin()
    await press('4711')
    assert.deepEqual([asked[0]?.url, asked[0]?.authorization], ['https://crm.example/4711', 'Bearer x'])
    assert.deepEqual(mails, [{ to: 'a@acme.test', subject: 'Order 4711', text: 'Anna' }])
    await begin()
    await press('1234')
    assert.deepEqual(noted().slice(-3), ['entered', 'lookup-time-out', 'hangs-up'])
    const told = JSON.stringify(world.ledger.events)
    assert.ok(!told.includes('"4711"') && !told.includes('1234'), 'what is secret is nowhere in the timeline')
    await finish()
  })

  it('gives a look-up up when the caller leaves', async () => {
    const look: FlowNode = {
      id: 'look',
      kind: 'lookup',
      url: 'https://crm.example/',
      method: 'GET',
      timeLimitMs: 10_000,
      take: [],
      exits: { answered: 'end', failed: 'end', timeOut: 'end' },
    }
    const { world, begin, asked, answers, finish } = await calling(() => flow(look))
    answers.push('never')
    const call = await begin()
    call.hangUp()
    await world.pass()
    assert.equal(asked[0]?.signal?.aborted, true)
    await finish()
  })

  it('leaves a message for whom the flow says, as if diverted from them', async () => {
    const { world, begin, finish } = await calling(
      (of) =>
        flow({
          id: 'box',
          kind: 'voicemail',
          box: { kind: 'user', userId: of.user('202').id },
          exits: { refused: 'end' },
        }),
      (of) => {
        of.directory.addNumber(of.acme, '700', { kind: 'service', service: 'voicemail' })
        of.service.voice.provide('voicemail', async (line) => {
          assert.equal(line.diversions.at(-1)?.userId, of.user('202').id)
          await line.say([{ kind: 'prompt', name: 'voicemail-leave' }])
        })
      },
    )
    const call = await begin()
    assert.equal(world.onlyCall.name, 'inService')
    assert.ok(call.isUp)
    call.hangUp()
    await finish()
  })

  it('goes out for a caller from outside only in the name of somebody, and never to an emergency centre', async () => {
    const forward = (id: string, to: string, next: string, as?: UserId): FlowNode => ({
      id,
      kind: 'forward',
      to,
      ringSeconds: 20,
      ...(as === undefined ? {} : { asUserId: as }),
      exits: backTo(next),
    })
    const { world, noted, finish } = await calling((of) =>
      flow(
        forward('alone', '+33142278186', 'alarm'),
        forward('alarm', '112', 'named', of.user('201').id),
        forward('named', '+33142278186', 'end', of.user('201').id),
      ),
    )
    const { carrier } = world.trunk({ prefixes: ['+', '0'] })
    world.directory.addNumber(world.acme, '+46846500499', { kind: 'service', service: 'flow', id: 'office' })
    const call = carrier.call('+46846500499')
    await world.pass()
    await world.pass()
    assert.deepEqual(noted(), [
      'begins',
      'forwards',
      'came-back-refused',
      'forwards',
      'came-back-unreachable',
      'forwards',
    ])
    const out = carrier.last
    assert.match(out.invite?.request.uri ?? '', /^sip:\+33142278186@/)
    out.answer()
    await world.pass()
    call.hangUp()
    await finish()
  })

  it('keeps the version with which it began', async () => {
    const { world, flows, begin, press, noted, finish } = await calling(() => flow(menu('end')))
    await begin()
    flows.addLive(world.acme.id, 'office', flow({ id: 'menu', kind: 'hangUp', isBusy: true, exits: {} }))
    await press('1')
    assert.deepEqual(noted(), ['begins', 'pressed', 'hangs-up'])
    await finish()
  })

  it('is ended with a sentence when it has stayed too long, whatever it waits for', async () => {
    const { world, begin, plays, played, noted, finish } = await calling(() => ({
      ...flow({ id: 'long', kind: 'announce', say: [{ kind: 'prompt', name: 'endless' }], exits: { next: 'end' } }),
      mostStaySeconds: 10,
    }))
    const call = await begin()
    await world.pass(9900)
    assert.equal(plays(), 'en/endless.wav')
    await world.pass(200)
    assert.equal(plays(), 'en/flow-cannot-go-on.wav')
    await played()
    assert.ok(call.isOver)
    assert.deepEqual(noted(), ['begins', 'cut-stay-over'])
    await finish()
  })

  it('is ended when flows send it round in a circle', async () => {
    const { begin, world, plays, played, finish } = await calling(
      () => flow({ id: 'on', kind: 'forward', to: '501', ringSeconds: 10, exits: backTo('end') }),
      (of, flows) => {
        flows.addLive(
          of.acme.id,
          'other',
          flow({ id: 'on', kind: 'forward', to: '500', ringSeconds: 10, exits: backTo('end') }),
        )
        of.directory.addNumber(of.acme, '501', { kind: 'service', service: 'flow', id: 'other' })
      },
    )
    const call = await begin()
    await world.pass(1000)
    assert.equal(plays(), 'en/flow-cannot-go-on.wav')
    await played()
    assert.ok(call.isOver)
    await finish()
  })

  it('says that a number is not available whose flow was never published', async () => {
    const { world, noted, finish } = await calling(
      () => flow(hangUp),
      (of) => of.directory.addNumber(of.acme, '502', { kind: 'service', service: 'flow', id: 'none' }),
    )
    const call = world.phone('204').call('502')
    await world.pass()
    world.engine.tell({ kind: 'playEnded', leg: world.mediaOf('204') })
    await world.pass()
    assert.ok(call.isOver)
    assert.deepEqual(noted(), ['not-live'])
    await finish()
  })

  it('tells a server, and tries again when it does not answer', async () => {
    const { world, begin, asked, answers, noted, finish } = await calling(() =>
      flow(
        { id: 'on', kind: 'record', isOn: true, exits: { next: 'tell' } },
        { id: 'tell', kind: 'webhook', url: 'https://hooks.example/', text: 'from {caller}', exits: { next: 'end' } },
      ),
    )
    answers.push({ kind: 'failed', reason: 'status 503' }, { kind: 'answered', status: 200, body: undefined })
    await begin()
    assert.deepEqual(
      world.recordings.begun.map(({ trigger, party }) => [trigger, party.number]),
      [['demand', '203']],
    )
    assert.deepEqual(noted(), ['begins', 'record-on', 'webhook', 'hangs-up'])
    await world.pass(10_100)
    assert.equal(asked.length, 2)
    const { text, caller, flow: name } = asked[1]!.body as Record<string, string>
    assert.deepEqual({ text, caller, name }, { text: 'from 203', caller: '203', name: 'office' })
    await world.pass(700_000)
    assert.equal(asked.length, 2)
    await finish()
  })
})
