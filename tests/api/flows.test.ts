import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { CallId } from '@vaxel/base'
import { flowExits } from '@vaxel/contract'
import { exitsOf, type FlowNode, flowWords } from '@vaxel/core'
import { wavOf } from '@vaxel/testkit/voicemail/memory-voicemail'
import { flowEn } from '../../apps/web/src/history/words/flow-en.ts'
import { flowFr } from '../../apps/web/src/history/words/flow-fr.ts'
import { flowSv } from '../../apps/web/src/history/words/flow-sv.ts'
import { type ApiPlatform, startApi } from './api-platform.ts'
import { recordCall } from './platform/record-call.ts'
import type { CheckedClient } from './checked-client.ts'

const path = '/api/v1/flows'

describe('flows over the API', () => {
  let api: ApiPlatform
  let admin: CheckedClient
  let user: CheckedClient
  let supervisor: CheckedClient
  const idOf = (name: string) => api.store.directory.userByAddress('demo.vaxel.test', name)!.id
  before(async () => {
    api = await startApi()
    admin = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
    supervisor = await api.client.logIn('202@demo.vaxel.test', 'demo-202')
    user = await api.client.logIn('204@demo.vaxel.test', 'demo-204')
  })
  after(() => api.close())

  const end = { id: 'end', kind: 'hangUp', exits: {} }
  const back = (to: string) => ({ busy: to, noAnswer: to, unreachable: to })
  const ring = (name: string) => ({
    id: 'ring',
    name: 'Reception',
    kind: 'ring',
    target: { kind: 'user', userId: idOf(name) },
    ringSeconds: 20,
    exits: back('closed'),
  })
  const closed = {
    id: 'closed',
    kind: 'announce',
    say: [{ kind: 'prompt', name: 'flow-closed' }],
    exits: { next: 'end' },
  }
  const hours = {
    id: 'hours',
    kind: 'time',
    open: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00' }],
    exits: { open: 'ring', closed: 'closed' },
  }
  const graphOf = (...nodes: object[]) => ({
    start: (nodes[0] as { id: string }).id,
    nodes,
    timeZone: 'Europe/Stockholm',
    mostStaySeconds: 300,
  })
  const office = (who = '203') => graphOf(hours, ring(who), closed, end)
  const make = async (draft: object = office(), name = 'Office') => {
    const { status, body } = await admin.ask('POST', path, { name, draft })
    assert.equal(status, 201, JSON.stringify(body))
    return body as { id: string; revision: number; draft: object; hasDraft: boolean }
  }
  const keep = (id: string, revision: number, draft: object) =>
    admin.ask('PUT', `${path}/${id}/draft`, { revision, draft })
  const publish = (id: string, revision: number, more: object = {}) =>
    admin.ask('POST', `${path}/${id}/versions`, { revision, ...more })

  it('are the business of administrators, each of their own company', async () => {
    const { id } = await make()
    for (const client of [user, supervisor])
      for (const [method, where, body] of [
        ['GET', path],
        ['GET', `${path}/${id}`],
        ['POST', path, { name: 'x' }],
        ['PUT', `${path}/${id}/draft`, { revision: 1, draft: office() }],
        ['POST', `${path}/${id}/simulations`, { given: { at: '2026-11-23T09:00:00Z' } }],
        ['GET', '/api/v1/flow-credentials'],
      ] as const)
        assert.equal((await client.ask(method, where, body)).status, 403, `${method} ${where}`)
    assert.equal((await api.client.ask('GET', path)).status, 401)
    assert.equal((await admin.ask('GET', `${path}/nobody`)).status, 404)
  })

  it('are drafted, checked, published, changed and taken back, each version kept', async () => {
    const made = await make()
    const at = `${path}/${made.id}`
    assert.equal(made.hasDraft, true)
    const first = await publish(made.id, 1, { note: 'first' })
    assert.deepEqual([first.status, first.body.liveVersion, first.body.hasDraft], [201, 1, false])
    const other = await keep(made.id, 1, office('205'))
    assert.deepEqual(
      [other.body.revision, other.body.hasDraft, other.body.live.nodes[1].target.userId],
      [2, true, idOf('203')],
    )
    assert.equal((await keep(made.id, 1, office('206'))).body.code, 'FLOW_CHANGED_SINCE')
    const different = await admin.ask('POST', `${at}/differences?language=en`, {})
    assert.deepEqual(
      different.body.items.map(({ text }: { text: string }) => text),
      ['“Reception”: who is rung changed'],
    )
    const twice = await Promise.all([publish(made.id, 2), publish(made.id, 2)])
    assert.deepEqual(
      twice.map(({ status, body }) => [status, body.liveVersion]),
      [
        [201, 2],
        [201, 2],
      ],
      'pressed twice, one version',
    )
    const restored = await admin.ask('POST', `${at}/versions/1/restorations`)
    assert.deepEqual([restored.status, restored.body.liveVersion, restored.body.hasDraft], [201, 3, true])
    const versions = await admin.ask('GET', `${at}/versions`)
    assert.deepEqual(
      versions.body.items.map((one: { version: number; isLive: boolean; note?: string }) => [
        one.version,
        one.isLive,
        one.note,
      ]),
      [
        [3, true, undefined],
        [2, false, undefined],
        [1, false, 'first'],
      ],
    )
    assert.equal((await admin.ask('GET', `${at}/versions/2`)).body.graph.nodes[1].target.userId, idOf('205'))
    assert.equal((await admin.ask('GET', `${at}/versions/9`)).status, 404)
    const older = await admin.ask('DELETE', `${at}/draft?revision=0`)
    assert.deepEqual([older.status, older.body.code], [409, 'FLOW_CHANGED_SINCE'])
    const dropped = await admin.ask('DELETE', `${at}/draft`)
    assert.deepEqual([dropped.body.hasDraft, dropped.body.revision], [false, 3])
    const told = await api.store.history.events({ after: 0, limit: 1000 })
    assert.deepEqual(
      told
        .filter(({ kind, data }) => kind === 'flow.published' && data.flow === made.id)
        .map(({ data }) => data.version),
      [1, 2, 3],
    )
  })

  it('are not published while something is wrong, and say all of it with its place', async () => {
    const { id } = await make(graphOf({ ...hours, open: [] }, ring('203'), { ...closed, exits: {} }, end))
    const check = await admin.ask('POST', `${path}/${id}/checks?language=sv`, {})
    assert.deepEqual(
      check.body.findings.map((one: { severity: string; code: string; nodeId: string }) => [
        one.severity,
        one.code,
        one.nodeId,
      ]),
      [
        ['error', 'exit-missing', 'closed'],
        ['error', 'schedule-empty', 'hours'],
        ['warning', 'unreachable', 'end'],
      ],
    )
    assert.match(check.body.findings[1].text, /aldrig öppet/)
    const refused = await publish(id, 1)
    assert.deepEqual([refused.status, refused.body.code], [409, 'FLOW_NOT_READY'])
    assert.deepEqual(
      refused.body.mistakes.map(({ path: where }: { path: string }) => where),
      ['/draft/nodes/2', '/draft/nodes/0'],
    )
    const mended = await admin.ask('POST', `${path}/${id}/checks`, { graph: office() })
    assert.deepEqual(mended.body, { findings: [], isReady: true })
  })

  it('refuse a graph that is none, with every mistake', async () => {
    const { status, body } = await admin.ask('POST', path, {
      name: 'x',
      draft: graphOf({ id: 'a b', kind: 'announce', say: [{ kind: 'song' }], exits: {} }),
    })
    assert.equal(status, 400)
    assert.deepEqual(body.mistakes.map(({ path: where }: { path: string }) => where).sort(), [
      '/draft/nodes/0/id',
      '/draft/nodes/0/say/0/kind',
      '/draft/start',
    ])
  })

  it('show the way of a call at any time, in the words of whoever asks', async () => {
    const { id } = await make()
    const simulate = async (given: object, language = 'en') => {
      const { status, body } = await admin.ask('POST', `${path}/${id}/simulations?language=${language}`, { given })
      assert.equal(status, 200, JSON.stringify(body))
      return body
    }
    const name = api.store.directory.user(idOf('203'))!.displayName
    const open = await simulate({ at: '2026-11-23T09:00:00Z', caller: '+46701740605', outcomes: { ring: 'busy' } })
    assert.deepEqual(
      open.steps.map(({ text }: { text: string }) => text),
      [
        'Monday 10:00: open',
        `${name} rings for 20 s at most`,
        'Busy there',
        'The announcement was played',
        'The call is ended',
      ],
    )
    const night = await simulate({ at: '2026-11-23T17:00:00Z' }, 'fr')
    assert.deepEqual([night.steps[0].text, night.landing.text], ['lundi 18:00 : fermé', 'prend fin'])
    const wrong = await admin.ask('POST', `${path}/${id}/simulations`, {
      given: { at: '2026-11-23T09:00:00Z', outcomes: { rign: 'busy' } },
    })
    assert.deepEqual([wrong.status, wrong.body.mistakes[0].path], [400, '/given/outcomes/rign'])
  })

  it('are published only when every kept case passes', async () => {
    const made = await make()
    const cases = `${path}/${made.id}/cases`
    const kept = {
      name: 'Monday morning',
      given: { at: '2026-11-23T09:00:00Z', caller: '+46701740605' },
      expected: { landing: { kind: 'ring', target: idOf('203') }, passes: ['hours'] },
    }
    const { status, body } = await admin.ask('POST', cases, kept)
    assert.equal(status, 201, JSON.stringify(body))
    assert.equal(body.given.at, '2026-11-23T09:00:00.000Z')
    assert.equal((await publish(made.id, 1)).status, 201)
    await keep(made.id, 1, office('205'))
    const run = await admin.ask('POST', `${path}/${made.id}/case-runs?language=en`, {})
    assert.deepEqual([run.body.passed, run.body.failed], [0, 1])
    const refused = await publish(made.id, 2)
    assert.deepEqual([refused.body.code, refused.body.mistakes[0].path], ['FLOW_NOT_READY', `/cases/${body.id}`])
    assert.match(run.body.results[0].text, /^It should be: the call rings .+\. It is: the call rings .+\.$/)
    await admin.ask('PUT', `${cases}/${body.id}`, {
      ...kept,
      expected: { landing: { kind: 'ring', target: idOf('205') } },
    })
    assert.equal((await publish(made.id, 2)).status, 201)
    assert.equal((await admin.ask('DELETE', `${cases}/${body.id}`)).status, 204)
    assert.deepEqual((await admin.ask('GET', cases)).body, { items: [] })
  })

  it('tell where the calls of last month would land now', async () => {
    const { id } = await make(office('203'))
    const nowMs = Date.UTC(2026, 10, 23, 9)
    const calls: CallId[] = []
    for (let i = 0; i < 4; i++) calls.push(await recordCall(api.store, '207', '203', nowMs - (i + 1) * 86_400_000))
    const numbers = [api.store.directory.user(idOf('203'))!.extension]
    const wish = { numbers, from: new Date(nowMs - 40 * 86_400_000).toISOString(), to: new Date(nowMs).toISOString() }
    const replay = (more: object) => admin.ask('POST', `${path}/${id}/replays?language=en`, { ...wish, ...more })
    // 19 to 22 November 2026 are Thursday to Sunday: at the weekend nobody is there.
    const { status, body } = await replay({})
    assert.equal(status, 200, JSON.stringify(body))
    assert.deepEqual([body.calls, body.elsewhere, body.text], [4, 2, '2 calls of 4 would now land elsewhere.'])
    assert.deepEqual(
      body.items.map((one: { callId: string; now: { kind: string } }) => [one.callId, one.now.kind]),
      [
        [calls[0], 'hangUp'],
        [calls[1], 'hangUp'],
      ],
    )
    assert.equal((await replay({ graph: office('205') })).body.elsewhere, 4)
    assert.equal((await replay({ numbers: ['9999'] })).status, 400)
  })

  it('follow calls of last month as their callers pressed then', async () => {
    const menu = {
      id: 'menu',
      kind: 'menu',
      say: [{ kind: 'prompt', name: 'flow-welcome' }],
      keys: '1',
      tries: 1,
      waitSeconds: 5,
      exits: { '1': 'ring', silence: 'closed', wrong: 'closed' },
    }
    const made = await make(graphOf(menu, ring('203'), closed, end), 'Pressed')
    assert.equal((await publish(made.id, 1)).status, 201)
    const nowMs = Date.UTC(2026, 10, 27, 9)
    const { companyId } = api.store.directory.user(idOf('208'))!
    for (const [i, exit] of ['1', 'silence', '1'].entries()) {
      const callId = await recordCall(api.store, '208', '209', nowMs - (i + 1) * 3_600_000)
      const note = (node: string, more: object) => ({
        kind: 'service.noted',
        atMs: nowMs,
        companyId,
        callId,
        data: { code: 'flow.pressed', flow: made.id, version: 1, node, ...more },
      })
      await api.store.ledger.append({ events: [note('menu', { exit }), ...(exit === '1' ? [note('ring', {})] : [])] })
    }
    const numbers = [api.store.directory.user(idOf('209'))!.extension]
    const wish = { numbers, from: new Date(nowMs - 86_400_000).toISOString(), to: new Date(nowMs).toISOString() }
    const replay = async (graph?: object) =>
      (await admin.ask('POST', `${path}/${made.id}/replays?language=en`, { ...wish, ...(graph ? { graph } : {}) })).body
    assert.equal((await replay()).text, 'All 3 calls would land where they did.')
    const other = graphOf({ ...menu, exits: { ...menu.exits, '1': 'closed' } }, closed, end)
    const { elsewhere, items } = await replay(other)
    assert.equal(elsewhere, 2)
    assert.deepEqual([items[0].was.kind, items[0].was.target, items[0].now.kind], ['ring', idOf('203'), 'hangUp'])
  })

  it('tell when something is removed that what is live needs', async () => {
    const { body: eva } = await admin.ask('POST', '/api/v1/users', {
      name: 'eva',
      displayName: 'Eva Ek',
      domain: 'demo.vaxel.test',
    })
    const made = await make(office('eva'), 'Eva')
    assert.equal((await publish(made.id, 1)).body.liveErrors, undefined)
    assert.equal((await admin.ask('DELETE', `/api/v1/users/${eva.user.id}`)).status, 204)
    assert.equal((await admin.ask('GET', `${path}/${made.id}`)).body.liveErrors, 1)
  })

  it('are led from numbers, and not removed while one leads there', async () => {
    const { id } = await make()
    const number = { number: '480', target: { kind: 'service', service: 'flow', id } }
    const astray = await admin.ask('POST', '/api/v1/numbers', { ...number, target: { ...number.target, id: 'nobody' } })
    assert.deepEqual([astray.status, astray.body.mistakes[0].path], [400, '/target/id'])
    assert.equal((await admin.ask('POST', '/api/v1/numbers', number)).status, 201)
    const entry = (await admin.ask('GET', `${path}?limit=1000`)).body.items.find((one: { id: string }) => one.id === id)
    assert.deepEqual(entry.numbers, ['480'])
    assert.equal((await admin.ask('DELETE', `${path}/${id}`)).body.code, 'API_STILL_IN_USE')
    await admin.ask('DELETE', '/api/v1/numbers/480')
    assert.equal((await admin.ask('DELETE', `${path}/${id}`)).status, 204)
    assert.equal((await admin.ask('GET', `${path}/${id}`)).status, 404)
  })

  it('stay removed, whoever changes them at the same moment', async () => {
    for (const first of ['removed', 'changed']) {
      const { body: flow } = await admin.ask('POST', '/api/v1/flows', { name: `Both, ${first} first` })
      const path = `/api/v1/flows/${flow.id}`
      const remove = () => admin.ask('DELETE', path)
      const change = () => admin.ask('PUT', `${path}/draft`, { revision: flow.revision, draft: flow.draft })
      const rename = () => admin.ask('PATCH', path, { name: 'Another name' })
      await Promise.all((first === 'removed' ? [remove, change, rename] : [change, rename, remove]).map((ask) => ask()))
      assert.equal((await admin.ask('GET', path)).status, 404, first)
    }
  })

  it('say sounds that are uploaded as WAV, and nothing else', async () => {
    const send = (bytes: Uint8Array, name: string) =>
      fetch(`${api.url}/api/v1/flow-sounds?name=${name}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${admin.token}`, 'content-type': 'application/octet-stream' },
        body: bytes,
      })
    const refused = await send(new Uint8Array(Buffer.from('ID3 this is an mp3')), 'Hello')
    assert.equal(refused.status, 422)
    assert.match(((await refused.json()) as { detail: string }).detail, /Save it as WAV/)
    const wav = wavOf(1500)
    const uploaded = (await (await send(wav, 'Hello')).json()) as { id: string; durationMs: number }
    assert.equal(uploaded.durationMs, 1500)
    const made = await make(graphOf({ ...closed, say: [{ kind: 'sound', soundId: uploaded.id }] }, end))
    assert.deepEqual((await admin.ask('POST', `${path}/${made.id}/checks`, {})).body.findings, [])
    assert.equal((await admin.ask('GET', '/api/v1/flow-sounds')).body.items[0].isUsed, true)
    const where = `/api/v1/flow-sounds/${uploaded.id}`
    assert.equal((await admin.ask('DELETE', where)).body.code, 'API_STILL_IN_USE')
    const read = await fetch(api.url + where, {
      headers: { authorization: `Bearer ${admin.token}`, range: 'bytes=0-3' },
    })
    assert.deepEqual([read.status, await read.text()], [206, 'RIFF'])
    await keep(made.id, 1, graphOf(closed, end))
    assert.equal((await admin.ask('DELETE', where)).status, 204)
    assert.equal((await admin.ask('DELETE', where)).status, 404)
  })

  it('use credentials that are shown to nobody again', async () => {
    const where = '/api/v1/flow-credentials/crm'
    assert.equal((await admin.ask('PUT', where, { host: 'crm.example', value: 'Bearer top-secret' })).status, 204)
    const listed = await admin.ask('GET', '/api/v1/flow-credentials')
    assert.deepEqual(
      listed.body.items.map(({ name, host }: { name: string; host: string }) => [name, host]),
      [['crm', 'crm.example']],
    )
    const events = await api.store.history.events({ after: 0, limit: 1000 })
    assert.ok(!JSON.stringify([listed.body, events]).includes('top-secret'))
    assert.equal((await admin.ask('DELETE', where)).status, 204)
    assert.equal((await admin.ask('DELETE', where)).status, 404)
  })

  it('know the calendars of countries and the sentences of the platform', async () => {
    const { body } = await admin.ask('GET', '/api/v1/holidays?year=2026&language=sv')
    assert.equal(body.country, 'SE')
    assert.ok(
      body.days.some(
        (day: { date: string; name: string }) => day.date === '2026-06-19' && day.name === 'midsommarafton',
      ),
    )
    const french = await admin.ask('GET', '/api/v1/holidays?country=FR&region=57&year=2026&language=fr')
    assert.ok(french.body.days.some((day: { date: string }) => day.date === '2026-12-26'))
    const prompts = await admin.ask('GET', '/api/v1/flow-prompts')
    assert.ok(
      prompts.body.items.some(
        ({ name, sv }: { name: string; sv: string }) => name === 'flow-closed' && sv.includes('stängt'),
      ),
    )
  })

  it('begin with a draft that says welcome', async () => {
    const { body } = await admin.ask('POST', path, { name: 'New' })
    assert.deepEqual((await admin.ask('POST', `${path}/${body.id}/checks`, {})).body, { findings: [], isReady: true })
    assert.equal(body.draft.timeZone, 'Europe/Stockholm')
    assert.equal((await admin.ask('PATCH', `${path}/${body.id}`, { name: 'Newer' })).body.name, 'Newer')
  })
})

describe('what stands twice about flows', () => {
  it('has the same exits in the API as in the machine', () => {
    for (const kind of Object.keys(flowWords.en.kinds)) {
      const node = { id: 'a', kind, keys: '12*', exits: {} } as unknown as FlowNode
      assert.deepEqual(flowExits({ kind, keys: '12*' }), exitsOf(node), kind)
    }
  })

  it('has the same sentences in a call’s story as in a simulation', () => {
    const params = {
      weekday: 3,
      time: '10:00',
      name: 'Anna',
      state: 'busy',
      match: 'prefix',
      prefix: '+46',
      keys: '9',
      language: 'sv',
    }
    const known = { day: '', ...params }
    for (const [words, story] of [
      [flowWords.en, flowEn],
      [flowWords.sv, flowSv],
      [flowWords.fr, flowFr],
    ] as const)
      for (const [code, say] of Object.entries(words.decisions)) {
        const spoken = say({
          ...known,
          day: words.weekdays[2]!,
          state: words.states.busy!,
          language: words.languages.sv!,
          match: words.matches.prefix!(params),
        })
        assert.equal(story[`service.flow.${code}` as keyof typeof story](params), `${spoken}.`)
      }
  })
})
