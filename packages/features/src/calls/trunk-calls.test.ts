import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Trunk, TrunkFault, TrunkTarget } from '@vaxel/core'
import { CallWorld } from '@vaxel/testkit/calls/call-world'
import type { TrunkWays } from './trunk-ways.ts'

const outside = '+46701740610'

/** Trunks as they are configured, with what calls say of their targets. */
function noting(isDown: (trunk: Trunk) => boolean = () => false) {
  const seen: string[] = []
  const ways: TrunkWays = {
    trunkOf: () => undefined,
    inOrder: ({ targets }) => targets,
    isDown,
    wayTo: () => ({}),
    trustOf: () => undefined,
    addressOf: () => undefined,
    noteCall: (_: Trunk, { host }: TrunkTarget, fault: TrunkFault | undefined) =>
      void seen.push(`${host} ${fault ? `${fault.kind} ${fault.status ?? ''}`.trim() : 'is there'}`),
  }
  return { seen, ways }
}

/** Nothing reaches these machines any more. */
function silence(world: CallWorld, ...addresses: string[]): void {
  world.network.fate = ({ to }) => (addresses.includes(to) ? [] : [1])
}

/** One trunk with two targets, each a carrier's machine. */
function twoTargets(more: Partial<Trunk> = {}) {
  const { seen, ways } = noting()
  const world = new CallWorld({ trunks: ways })
  const first = world.trunk({ prefixes: ['none'] }).carrier
  const second = world.trunk({ prefixes: ['none'] }).carrier
  const { trunk } = world.trunk({
    name: 'carrier',
    targets: [first, second].map(({ address }) => ({ host: address, protocol: 'udp' as const })),
    ...more,
  })
  return { world, first, second, trunk, seen, anna: world.phone('201') }
}

describe('a trunk with several targets', () => {
  it('leaves one that does not answer within two seconds, and the call is there once', async () => {
    const { world, first, second, seen, anna } = twoTargets()
    silence(world, first.address)
    second.onCall = (call) => call.answer()
    const call = anna.call(outside)
    await world.pass(1_900)
    assert.ok(call.isUp)
    assert.deepEqual(seen, [`${first.address} silent`, `${second.address} is there`])
    call.hangUp()
    await world.pass()
    assert.equal(second.calls.length, 1)
    await world.finish()
  })

  it('goes on from 503 at once, and not from a busy callee', async () => {
    const { world, first, second, seen, anna } = twoTargets()
    first.onCall = (call) => call.refuse(503)
    second.onCall = (call) => call.refuse(486)
    const call = anna.call(outside)
    await world.pass(100)
    assert.equal(call.failure, 486)
    assert.deepEqual(seen, [`${first.address} refused 503`, `${second.address} is there`])
    first.onCall = (one) => one.refuse(486)
    const again = anna.call(outside)
    await world.pass(100)
    assert.equal(again.failure, 486)
    assert.equal(second.calls.length, 1)
    await world.finish()
  })

  it('that all are silent ends the call in words, by the trunk’s fault', async () => {
    const { world, first, second, anna } = twoTargets({ answerWithinMs: 500 })
    silence(world, first.address, second.address)
    const call = anna.call(outside)
    await world.pass(1_200)
    assert.equal(call.failure, 408)
    const record = [...world.ledger.calls.values()].at(-1)
    assert.deepEqual([record?.termination?.blame, record?.termination?.reason], ['trunk', 'unreachable'])
    await world.finish()
  })

  it('that is down as a whole is tried after the others', async () => {
    const { ways } = noting(({ name }) => name === 'dead')
    const world = new CallWorld({ trunks: ways })
    const dead = world.trunk({ name: 'dead' })
    const alive = world.trunk({ name: 'alive' })
    alive.carrier.onCall = (call) => call.answer()
    const call = world.phone('201').call(outside)
    await world.pass(100)
    assert.ok(call.isUp)
    assert.equal(dead.carrier.calls.length, 0)
    call.hangUp()
    await world.finish()
  })
})

describe('numbers over a trunk', () => {
  it('are rewritten on the way out, called and calling', async () => {
    const world = new CallWorld()
    const { carrier } = world.trunk({
      rewriting: {
        calledOut: [{ match: '+46(...)', gives: '0$1', examples: [] }],
        callingOut: [{ match: '+(...)', gives: '00$1', examples: [] }],
      },
    })
    carrier.onCall = (call) => call.answer()
    const call = world.phone('201').call(outside)
    await world.pass()
    const { request } = carrier.last.invite!
    assert.match(request.uri, /^sip:0701740610@/)
    assert.equal(request.from.uri.user, '0046846500400')
    assert.equal([...world.ledger.calls.values()].at(-1)?.called.number, outside, 'here the number is what it was')
    call.hangUp()
    await world.finish()
  })

  it('are rewritten on the way in, called and calling', async () => {
    const world = new CallWorld()
    const { carrier } = world.trunk({
      rewriting: {
        calledIn: [{ match: '9(XXX)', gives: '$1', examples: [] }],
        callingIn: [{ match: '0(...)', gives: '+33$1', examples: [] }],
      },
    })
    const anna = world.phone('201')
    const call = carrier.call('9201', { from: '<sip:0155512345@carrier.test>' })
    await world.pass()
    assert.match(anna.last.invite!.request.headers.get('From')!, /\+33155512345/)
    call.hangUp()
    await world.finish()
  })
})

describe('whoever calls back a number from outside', () => {
  for (const [told, shown] of [
    ['*21*0701740605', '21*0701740605'],
    ['%23%2321%23', '21%23'],
    ['***', 'anonymous'],
    ['-*21*0701740605', '21*0701740605'],
    ['(%20.*21%23', '21%23'],
    ['*0701740605', '+46701740605'],
  ] as const)
    it(`dials no code of their own where ${told} called`, async () => {
      const world = new CallWorld()
      const anna = world.phone('201')
      const call = world.trunk().carrier.call('201', { from: `<sip:${told}@carrier.test>` })
      await world.pass()
      assert.equal(anna.last.invite?.request.from.uri.user, decodeURIComponent(shown))
      call.hangUp()
      await world.finish()
    })
})

describe('who calls over a trunk', () => {
  const shown = async (more: Partial<Trunk>, headers: readonly (readonly [string, string])[] = []) => {
    const world = new CallWorld()
    const { carrier } = world.trunk(more)
    carrier.onCall = (call) => call.answer()
    const call = world.phone('201').call(outside, { headers })
    await world.pass()
    const { headers: got, from } = carrier.last.invite!.request
    call.hangUp()
    await world.finish()
    return {
      from: `${from.uri.user}@${from.uri.host}`,
      ...Object.fromEntries(
        ['P-Asserted-Identity', 'P-Preferred-Identity', 'Remote-Party-ID', 'Privacy'].flatMap((name) =>
          got.has(name) ? [[name, got.get(name)]] : [],
        ),
      ),
    }
  }

  it('is told in From and P-Asserted-Identity where nothing else is said', async () => {
    assert.deepEqual(await shown({}), {
      from: '+46846500400@acme.test',
      'P-Asserted-Identity': '"Person 201" <sip:+46846500400@acme.test>',
    })
  })

  it('is told as the trunk asks: other header fields, its host, the account in From', async () => {
    const account = { login: { username: 'a', password: 'b' }, registration: { domain: 'carrier.test', user: 'acme' } }
    assert.deepEqual(
      await shown({
        ...account,
        identity: { headers: ['preferred', 'remoteParty'], from: 'account', host: 'sbc.acme.test' },
      }),
      {
        from: 'acme@carrier.test',
        'P-Preferred-Identity': '"Person 201" <sip:+46846500400@sbc.acme.test>',
        'Remote-Party-ID': '"Person 201" <sip:+46846500400@sbc.acme.test>;party=calling;screen=yes;privacy=off',
      },
    )
  })

  it('who withholds the number is told to the carrier with Privacy, or to nobody', async () => {
    const withheld = [['Privacy', 'id']] as const
    assert.deepEqual(await shown({}, withheld), {
      from: 'anonymous@anonymous.invalid',
      'P-Asserted-Identity': '"Person 201" <sip:+46846500400@acme.test>',
      Privacy: 'id',
    })
    assert.deepEqual(await shown({ identity: { withheld: 'hidden' } }, withheld), {
      from: 'anonymous@anonymous.invalid',
      Privacy: 'id',
    })
  })
})

describe('what a trunk takes', () => {
  it('the last channels are an emergency call’s', async () => {
    const world = new CallWorld()
    const { carrier } = world.trunk({ channels: 2, emergencyChannels: 1 })
    carrier.onCall = (call) => call.answer()
    const anna = world.phone('201')
    const first = anna.call(outside)
    await world.pass()
    const second = anna.call(outside)
    const emergency = anna.call('112')
    await world.pass()
    assert.ok(first.isUp && emergency.isUp)
    assert.equal(second.failure, 503)
    for (const call of [first, emergency]) call.hangUp()
    await world.finish()
  })

  it('when its money of the day is used up, calls end and no other begins but emergency calls', async () => {
    const world = new CallWorld()
    const { carrier } = world.trunk({ pricePerMinuteMicros: { '': 60_000 }, spendPerDayMicros: 3_000 })
    carrier.onCall = (call) => call.answer()
    const anna = world.phone('201')
    const call = anna.call(outside)
    await world.pass(4_500)
    assert.ok(call.isOver)
    const next = anna.call(outside)
    const emergency = anna.call('112')
    await world.pass()
    assert.equal(next.failure, 403)
    assert.ok(emergency.isUp)
    emergency.hangUp()
    await world.finish()
  })

  it('audio as its trunk wants it: these codecs and no others, digits by INFO', async () => {
    const world = new CallWorld()
    const { carrier } = world.trunk({ codecs: ['PCMU'], dtmf: 'info' })
    carrier.onCall = (call) => call.answer()
    const call = world.phone('201').call(outside)
    await world.pass()
    const policies = [...world.engine.legs.values()].map(
      ({ policy }) => `${policy.codecs.join()} ${policy.digitsByInfo}`,
    )
    assert.ok(policies.includes('PCMU true'), policies.join(' | '))
    call.hangUp()
    await world.finish()
  })
})

describe('a trunk that transfers a call', () => {
  it('to an address at its own target takes it back there, with who asked; NOTIFY tells how it went', async () => {
    const world = new CallWorld()
    const { carrier } = world.trunk()
    const anna = world.phone('201')
    anna.onCall = (call) => call.answer()
    const first = carrier.call('201')
    await world.pass()
    assert.ok(first.isUp)
    const status = await Promise.all([
      first.transferTo(`sip:${carrier.address};x-m=abc;transport=udp`),
      world.pass(),
    ]).then(([code]) => code)
    assert.equal(status, 202)
    await world.pass(50)
    const back = carrier.last
    assert.match(back.invite!.request.uri, new RegExp(`^sip:${carrier.address};x-m=abc`))
    back.answer()
    await world.pass(50)
    assert.deepEqual(first.notified.at(-1), 200)
    assert.ok(back.isUp && first.isOver)
    back.hangUp()
    await world.finish()
  })

  it('to any other address outside is refused: it is no way out for strangers', async () => {
    const world = new CallWorld()
    const { carrier } = world.trunk()
    const anna = world.phone('201')
    anna.onCall = (call) => call.answer()
    const first = carrier.call('201')
    await world.pass()
    const asked = first.transferTo('sip:+33155512345@elsewhere.test')
    await world.pass(50)
    assert.equal(await asked, 202)
    assert.equal(first.notified.at(-1), 404)
    assert.ok(first.isUp)
    first.hangUp()
    await world.finish()
  })
})

describe('a trunk that is cut in mid-call', () => {
  it('ends the call for lack of audio, by the trunk’s side, and the ledger has it', async () => {
    const world = new CallWorld()
    const { carrier } = world.trunk()
    carrier.onCall = (call) => call.answer()
    const call = world.phone('201').call(outside)
    await world.pass()
    const media = world.mediaOf(outside)
    world.engine.tell({ kind: 'audioStarted', leg: media })
    silence(world, carrier.address)
    world.engine.tell({ kind: 'silent', leg: media, sinceMs: 30_000 })
    await world.pass(100)
    assert.ok(call.isOver)
    const record = [...world.ledger.calls.values()].at(-1)
    assert.deepEqual([record?.termination?.blame, record?.termination?.reason], ['trunk', 'media-timeout'])
    world.network.fate = () => [1]
    carrier.last.hangUp()
    await world.pass(40_000)
    await world.finish()
  })
})
