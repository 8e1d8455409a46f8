import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import {
  type ApiClient,
  Baresip,
  eventually,
  type Platform,
  sine,
  startPlatform,
  temporaryFolder,
  toneLevelDbov,
  type Wav,
  writeWav,
} from '@vaxel/testkit'
import { talk } from '../baresip/heard-tone.ts'

const toneHz = { caller: 620, agent: 440, sound: 1000 } as const

interface Step {
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
}

describe('flows with real telephones and a real server to ask', () => {
  let platform: Platform
  let crm: Server
  const asked: string[] = []
  const held: ServerResponse[] = []
  /** What webhooks brought; the first ones get no answer. */
  const words: { readonly delivery: string; readonly caller: string }[] = []
  let answersWords = false
  const takeWord = async (request: IncomingMessage, response: ServerResponse) => {
    words.push(JSON.parse(await text(request)))
    if (answersWords) response.end()
    else held.push(response)
  }
  let caller: Baresip
  let agent: Baresip
  let api: ApiClient
  before(async () => {
    crm = createServer((request, response) => {
      asked.push(request.url ?? '')
      if (request.url?.startsWith('/slow')) held.push(response)
      else if (request.url === '/told') void takeWord(request, response)
      else response.end('{ "customer": { "owner": "203", "level": "Gold" } }')
    })
    crm.listen(0, '127.0.0.1')
    await once(crm, 'listening')
    platform = await startPlatform()
    caller = await Baresip.start({ user: '204', password: 'sip-204', registrar: platform.sip, toneHz: toneHz.caller })
    agent = await Baresip.start({ user: '203', password: 'sip-203', registrar: platform.sip, toneHz: toneHz.agent })
    api = await platform.login()
    await drawFlows(api, `http://127.0.0.1:${(crm.address() as AddressInfo).port}`)
  })
  after(async () => {
    await caller?.stop()
    await agent?.stop()
    await platform?.stop()
    for (const response of held) response.destroy()
    crm?.closeAllConnections()
    crm?.close()
  })

  /** What the timeline tells of the last call's flow. */
  const story = async (): Promise<Step[]> => {
    const { items } = await api.get<{ items: { id: string }[] }>('/api/v1/calls?limit=1')
    const { steps } = await api.get<{ steps: Step[] }>(`/api/v1/calls/${items[0]!.id}/story`)
    return steps.filter(({ code }) => code.startsWith('service.flow.'))
  }
  /** The timeline tells this way, once what was told last is durable. */
  const hasGone = (...way: string[]) =>
    eventually(`the call has gone by ${way.join(', ')}`, async () => {
      const codes = (await story()).map(({ code }) => code.slice('service.flow.'.length))
      return codes.join() === way.join() || undefined
    })
  const dial = async (number: string): Promise<void> => {
    const from = caller.events.length
    await caller.dial(number)
    await caller.waitFor('CALL_ESTABLISHED', 30_000, from)
  }
  const closed = (from: number) => caller.waitFor('CALL_CLOSED', 30_000, from)
  const lastHeard = (phone: Baresip): Promise<Wav> =>
    eventually(`what ${phone.user} heard`, () => phone.heard().findLast(({ durationMs }) => durationMs > 0))
  /** Milliseconds in which a tone is heard. */
  const heardMs = ({ channels, rateHz }: Wav, wantedHz: number): number => {
    const piece = rateHz / 10
    const samples = channels[0]!
    const pieces = Array.from({ length: Math.floor(samples.length / piece) }, (_, i) =>
      samples.subarray(i * piece, (i + 1) * piece),
    )
    return 100 * pieces.filter((part) => toneLevelDbov(part, rateHz, wantedHz) > -30).length
  }

  it('a caller presses a key (RFC 4733), a server says whose customer it is, and that person has the call', async () => {
    const from = caller.events.length
    await dial('480')
    await talk(1200)
    const ringing = agent.events.length
    await caller.command('sndcode', '1')
    await agent.waitFor('CALL_ESTABLISHED', 30_000, ringing)
    await talk(2000)
    await caller.hangUp()
    await closed(from)
    const wav = await lastHeard(caller)
    assert.ok(heardMs(wav, toneHz.sound) >= 700, 'the caller hears the uploaded sound')
    assert.ok(heardMs(wav, toneHz.agent) >= 1200, 'the caller hears who was rung')
    assert.ok(heardMs(await lastHeard(agent), toneHz.caller) >= 1200)
    assert.match(asked[0]!, /^\/owner\?from=204&key=1$/)
    assert.ok(
      agent.events.slice(ringing).some((event) => JSON.stringify(event).includes('Gold customer 204')),
      'the agent sees the name that the flow gave',
    )
    await hasGone('begins', 'time-open', 'pressed', 'lookup-answered', 'variable-fits', 'caller-named', 'rings')
  })

  it('a server that does not answer keeps nobody waiting: the caller hears that, and is let go', async () => {
    const from = caller.events.length
    await dial('480')
    await caller.command('sndcode', '2')
    await closed(from)
    assert.ok(held.length > 0)
    assert.ok(heardMs(await lastHeard(caller), toneHz.sound) >= 700)
    await hasGone('begins', 'time-open', 'pressed', 'lookup-time-out', 'announced', 'hangs-up')
  })

  it('outside the hours, the caller hears the announcement and is let go', async () => {
    const from = caller.events.length
    await dial('481')
    await closed(from)
    assert.ok(heardMs(await lastHeard(caller), toneHz.sound) >= 700)
    await hasGone('begins', 'time-closed', 'announced', 'hangs-up')
  })

  it('the rule that the demo comes with leads by the hour and by key', async () => {
    const { items } = await api.get<{ items: { id: string; name: string; liveVersion?: number; numbers: string[] }[] }>(
      '/api/v1/flows',
    )
    const main = items.find(({ name }) => name === 'Main number')!
    assert.deepEqual([main.liveVersion, main.numbers], [1, ['+46846500400', '500']])
    const landing = async (at: string, more = {}) => {
      const given = { at, caller: '+46701740605', ...more }
      const path = await api.post<{ landing: object }>(`/api/v1/flows/${main.id}/simulations`, { given })
      return JSON.stringify(path.landing)
    }
    assert.match(await landing('2026-11-24T09:00:00Z', { keys: ['1'] }), /230/)
    assert.match(await landing('2026-11-24T09:00:00Z', { keys: ['3'] }), /voicemail/)
    assert.match(await landing('2026-11-24T19:00:00Z'), /voicemail/)
    assert.match(await landing('2026-12-25T09:00:00Z'), /voicemail/)
  })

  it('kill -9 in the middle of a flow: the call is closed, its way is told, and the flow answers the next one; what was promised is kept', async () => {
    const tells = caller.events.length
    await caller.dial('482')
    await closed(tells)
    await eventually('the word is on its way', async () => words.length === 1)
    const waits = await platform.login('205')
    await waits.post('/api/v1/me/call-backs', { to: '206' })
    await dial('480')
    await talk(1500)
    await platform.kill()
    answersWords = true
    platform = await startPlatform({ data: platform.data, ports: platform.ports })
    api = await platform.login()
    const { items } = await api.get<{ items: { termination?: { reason: string } }[] }>('/api/v1/calls?limit=1')
    assert.equal(items[0]!.termination?.reason, 'restarted')
    await hasGone('begins', 'time-open')
    await eventually('the word comes again', async () => words.length === 2)
    assert.equal(words[1]!.caller, '204')
    assert.equal(words[1]!.delivery, words[0]!.delivery, 'who gets it twice can tell')
    const backs = await (await platform.login('205')).get<{ items: { number: string }[] }>('/api/v1/me/call-backs')
    assert.deepEqual(
      backs.items.map(({ number }) => number),
      ['206'],
    )
    await eventually('the caller has noticed that the call is gone', async () => {
      await caller.command('hangup').catch(() => undefined)
      return true
    })
    const from = caller.events.length
    await dial('481')
    await closed(from)
    await hasGone('begins', 'time-closed', 'announced', 'hangs-up')
  })
})

/** 480: a menu, look-ups and a person. 481: closed today. 482: a word to a server. */
async function drawFlows(api: ApiClient, crm: string): Promise<void> {
  const file = join(temporaryFolder('flow'), 'sound.wav')
  writeWav(file, 8000, sine(8000, toneHz.sound, 1))
  const uploaded = await fetch(`${api.url}/api/v1/flow-sounds?name=Hello`, {
    method: 'POST',
    headers: { authorization: `Bearer ${api.token}`, 'content-type': 'application/octet-stream' },
    body: readFileSync(file),
  })
  const { id: soundId } = (await uploaded.json()) as { id: string }
  const users = await api.get<{ items: { id: string; name: string }[] }>('/api/v1/users?limit=100')
  const userId = users.items.find(({ name }) => name === '203')!.id
  const say = [{ kind: 'sound', soundId }]
  const lookup = { kind: 'lookup', method: 'GET', take: [] }
  const sorry = { id: 'sorry', kind: 'announce', say, isUninterruptible: true, exits: { next: 'end' } }
  const end = { id: 'end', kind: 'hangUp', exits: {} }
  const everyDay = [1, 2, 3, 4, 5, 6, 7]
  const menu = [
    {
      id: 'hours',
      kind: 'time',
      open: [{ days: everyDay, from: '00:00', to: '24:00' }],
      exits: { open: 'menu', closed: 'sorry' },
    },
    {
      id: 'menu',
      kind: 'menu',
      say,
      keys: '12',
      tries: 2,
      waitSeconds: 10,
      exits: { '1': 'owner', '2': 'slow', silence: 'end', wrong: 'end' },
    },
    {
      ...lookup,
      id: 'owner',
      url: `${crm}/owner?from={caller}&key={key}`,
      timeLimitMs: 3000,
      take: [
        { variable: 'owner', pointer: '/customer/owner' },
        { variable: 'level', pointer: '/customer/level' },
      ],
      exits: { answered: 'whose', failed: 'end', timeOut: 'end' },
    },
    {
      ...lookup,
      id: 'slow',
      url: `${crm}/slow`,
      timeLimitMs: 500,
      exits: { answered: 'end', failed: 'end', timeOut: 'sorry' },
    },
    { id: 'whose', kind: 'variable', variable: 'owner', test: 'is', value: '203', exits: { yes: 'name', no: 'end' } },
    { id: 'name', kind: 'callerName', name: '{level} customer {caller}', exits: { next: 'ring' } },
    {
      id: 'ring',
      kind: 'ring',
      target: { kind: 'user', userId },
      ringSeconds: 20,
      exits: { busy: 'end', noAnswer: 'end', unreachable: 'end' },
    },
    sorry,
    end,
  ]
  const stockholm = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Stockholm', weekday: 'short' })
  const today = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(stockholm.format(new Date())) + 1
  const days = everyDay.filter((day) => day !== today && day !== (today % 7) + 1 && day !== ((today + 5) % 7) + 1)
  const shut = [
    {
      id: 'hours',
      kind: 'time',
      open: [{ days, from: '08:00', to: '17:00' }],
      exits: { open: 'end', closed: 'sorry' },
    },
    sorry,
    end,
  ]
  const tell = [
    { id: 'hours', kind: 'webhook', url: `${crm}/told`, text: 'from {caller}', exits: { next: 'end' } },
    end,
  ]
  for (const [number, nodes] of [
    ['480', menu],
    ['481', shut],
    ['482', tell],
  ] as const) {
    const draft = { start: 'hours', nodes, timeZone: 'Europe/Stockholm', mostStaySeconds: 60 }
    const { id } = await api.post<{ id: string }>('/api/v1/flows', { name: number, draft })
    await api.post(`/api/v1/flows/${id}/versions`, { revision: 1 })
    await api.post('/api/v1/numbers', { number, target: { kind: 'service', service: 'flow', id } })
  }
}
