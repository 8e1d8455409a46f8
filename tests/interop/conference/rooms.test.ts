import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  type ApiClient,
  Baresip,
  between,
  choosePorts,
  eventually,
  FreePorts,
  hearRecording,
  type Platform,
  type PlatformPorts,
  startPlatform,
  temporaryFolder,
  toneLevelDbov,
  type Wav,
} from '@vaxel/testkit'
import { LedgerOfData } from '../crash/ledger-of-data.ts'
import { play, request, requestOf, respondInDialog, response, scenario, stopAll } from '../sipp/sipp-phone.ts'
import { talk } from '../baresip/heard-tone.ts'

interface Conference {
  readonly isRunning: boolean
  readonly members: readonly { id: string; number: string; phase: string; isHeard: boolean }[]
}

/** Far enough from each other to be told apart in windows of 20 ms. The fourth phone only knows wrong PINs. */
const tones = { '201': 400, '202': 1000, '203': 1700, '204': 2500 } as const
const people = ['201', '202', '203'] as const
const windowMs = 20
type Name = keyof typeof tones

/** Three phones, each with a tone of its own, and rooms with all that rooms have; one server for all. */
describe('rooms to meet in, with real phones', () => {
  let platform: Platform
  let ports: PlatformPorts
  let data: string
  let api: ApiClient
  const phones = {} as Record<Name, Baresip>
  before(async () => {
    ports = await choosePorts(100)
    data = temporaryFolder('conference')
    platform = await startPlatform({ ports, data, readyLimitMs: 60_000 })
    api = await platform.login('201')
    await Promise.all(
      (Object.keys(tones) as Name[]).map(async (user) => {
        phones[user] = await Baresip.start({
          user,
          password: `sip-${user}`,
          registrar: platform.sip,
          toneHz: tones[user],
        })
      }),
    )
    const users = await api.get<{ items: { id: string; name: string }[] }>('/api/v1/users?limit=100')
    await api.put('/api/v1/conference-rooms/410', {
      name: 'Board',
      pin: '2468',
      moderatorIds: [users.items.find(({ name }) => name === '201')!.id],
      isOpenToCompany: false,
      waitsForModerator: true,
      endsWithModerator: true,
      announces: 'beep',
    })
  })
  after(async () => {
    await stopAll()
    for (const phone of Object.values(phones)) await phone.stop()
    await platform?.stop()
  })

  const room = (number: string): Promise<Conference> => api.get<Conference>(`/api/v1/conferences/${number}`)
  const isIn = (number: string, ...names: Name[]): Promise<true> =>
    eventually(`${names.join()} in ${number}`, async () => {
      const { members } = await room(number)
      const inside = members.filter(({ phase }) => phase === 'in').map((member) => member.number)
      return names.every((name) => inside.includes(name)) && inside.length === names.length
        ? (true as const)
        : undefined
    })
  const dial = async (name: Name, number: string): Promise<void> => {
    const before = phones[name].events.length
    await phones[name].dial(number)
    await phones[name].waitFor('CALL_ESTABLISHED', 30_000, before)
  }
  const phase = (name: Name, wanted: string): Promise<unknown> =>
    eventually(`${name} is ${wanted}`, async () =>
      (await room('410')).members.find((member) => member.number === name && member.phase === wanted),
    )
  const isOver = () =>
    eventually('410 is over', async () => ((await room('410')).isRunning ? undefined : (true as const)))
  const press = (name: Name, keys: string) => phones[name].command('sndcode', keys)
  /** The last recording of what a phone heard. */
  const lastHeard = (name: Name): Wav => phones[name].heard().at(-1)!
  const level = (wav: Wav, toneHz: number, fromEndMs: number, ms: number): number => {
    const from = wav.durationMs - fromEndMs
    return toneLevelDbov(between(wav.channels[0]!, wav.rateHz, from, from + ms), wav.rateHz, toneHz)
  }

  /** A phone that does not know the PIN of 410, until it is let go. */
  const triesWrongPins = async (name: Name): Promise<void> => {
    const events = phones[name].events.length
    await dial(name, '410')
    for (const triesLeft of [2, 1, 0]) {
      await press(name, '9999#')
      if (triesLeft > 0) await talk(600)
    }
    await phones[name].waitFor('CALL_CLOSED', 30_000, events)
  }

  it('lets three people in 400 hear the two others without a gap, and not themselves; 410 lets go after three wrong PINs', async () => {
    const wrong = triesWrongPins('204')
    for (const name of people) await dial(name, '400')
    await talk(4000)
    for (const name of people) {
      const events = phones[name].events.length
      await phones[name].hangUp()
      await phones[name].waitFor('CALL_CLOSED', 30_000, events)
    }
    for (const name of people) {
      const wav = await eventually(`${name} has heard it`, () => phones[name].heard().at(-1))
      const levels = (toneHz: number): number[] =>
        Array.from({ length: 2400 / windowMs }, (_, i) => level(wav, toneHz, 3200 - i * windowMs, windowMs))
      const loudestOwn = Math.max(...levels(tones[name]))
      for (const other of people.filter((one) => one !== name)) {
        const heard = levels(tones[other])
        const usual = heard.toSorted((x, y) => x - y)[heard.length >> 1]!
        assert.ok(usual > -30, `${other} is heard by ${name} at ${usual} dBov`)
        const lost = longestRun(heard, (dbov) => dbov < usual - 4)
        assert.ok(lost * windowMs <= 40, `${other} is lost for ${lost * windowMs} ms at ${name}`)
        assert.ok(loudestOwn < usual - 20, `${name} hears itself at ${loudestOwn} dBov beside ${usual}`)
      }
    }
    await wrong
    await isOver()
  })

  it('keeps people waiting with music until the moderator comes, who mutes, is obeyed at once, and ends it by leaving', async () => {
    await dial('202', '410')
    await press('202', '2468#')
    await phase('202', 'waiting')
    await dial('203', '410')
    await press('203', '2468#')
    await phase('203', 'waiting')
    // What they are told first is said to its end.
    await talk(2800)
    await dial('201', '410')
    await isIn('410', '201', '202', '203')
    await talk(1500)
    const { members } = await room('410')
    const muted = members.find(({ number }) => number === '203')!.id
    await api.post('/api/v1/conferences/410/commands/mute', { memberId: muted })
    await talk(3500)
    const events = Object.fromEntries(Object.entries(phones).map(([name, phone]) => [name, phone.events.length]))
    await phones['201'].hangUp()
    for (const name of ['202', '203'] as const) await phones[name].waitFor('CALL_CLOSED', 30_000, events[name])
    // At 202, the last sentence is about 2.5 s, before it 3.5 s in which 203 is muted, before that 1.5 s of all three.
    const wav = lastHeard('202')
    const samples = Math.floor(wav.durationMs / 100)
    const heard203 = Array.from({ length: samples }, (_, i) => level(wav, tones['203'], wav.durationMs - i * 100, 100))
    const heard201 = Array.from({ length: samples }, (_, i) => level(wav, tones['201'], wav.durationMs - i * 100, 100))
    const talking = heard203.flatMap((dbov, i) => (dbov > -30 ? [i] : []))
    assert.ok(talking.length >= 10, `203 was heard for ${talking.length * 100} ms only`)
    const afterMute = talking.at(-1)! + 2
    const still201 = heard201.slice(afterMute).filter((dbov) => dbov > -30).length
    assert.ok(still201 >= 25, `201 was heard for ${still201 * 100} ms while 203 was muted`)
    const leaked = Math.max(...heard203.slice(afterMute, afterMute + 25))
    assert.ok(leaked < -50, `203 is heard at ${leaked} dBov although muted`)
    await isOver()
  })

  it('makes one conference of two calls of a phone; the others go on when it leaves', async () => {
    await dial('201', '202')
    const calls = async (): Promise<{ id: string; connections: { legId: string; party: { number: string } }[] }[]> =>
      (await api.get<{ items: [] }>('/api/v1/live-calls')).items
    const [first] = await calls()
    const legOf201 = (connections: { legId: string; party: { number: string } }[]) => ({
      legId: connections.find(({ party }) => party.number === '201')!.legId,
    })
    await api.post(`/api/v1/live-calls/${first!.id}/commands/hold`, legOf201(first!.connections))
    await dial('201', '203')
    const second = (await calls()).find(({ id }) => id !== first!.id)!
    await api.post(`/api/v1/live-calls/${second.id}/commands/conference`, {
      ...legOf201(second.connections),
      otherCallId: first!.id,
    })
    const running = await eventually('the ad-hoc conference', async () => {
      const { items } = await api.get<{ items: Conference[] }>('/api/v1/conferences')
      return items.find(({ members }) => members.filter((member) => member.phase === 'in').length === 3)
    })
    assert.deepEqual(running.members.map(({ number }) => number).toSorted(), ['201', '202', '203'])
    await talk(2500)
    const events = phones['202'].events.length
    await phones['201'].hangUp()
    await talk(1500)
    await phones['203'].hangUp()
    await phones['202'].waitFor('CALL_CLOSED', 30_000, events)
    const wav = await eventually('202 has heard it', () => phones['202'].heard().at(-1))
    const windows = Array.from({ length: Math.floor(wav.durationMs / 100) }, (_, i) => wav.durationMs - i * 100)
    const all = windows.filter(
      (at) => level(wav, tones['201'], at, 100) > -30 && level(wav, tones['203'], at, 100) > -30,
    )
    assert.ok(all.length >= 15, `202 heard the two others together for ${all.length * 100} ms only`)
    const own = Math.max(...all.map((at) => level(wav, tones['202'], at, 100)))
    assert.ok(own < -40, `202 heard itself at ${own} dBov`)
    const last = windows.filter(
      (at) => level(wav, tones['201'], at, 100) < -40 && level(wav, tones['203'], at, 100) > -30,
    )
    assert.ok(last.length >= 10, '202 and 203 went on without 201')
  })

  it('a moderator’s phone calls somebody in by REFER and leaves; who watches is told (RFC 4575), and the recording of the room goes on', async () => {
    const { items: users } = await api.get<{ items: { id: string; name: string }[] }>('/api/v1/users?limit=100')
    const moderatorIds = [users.find(({ name }) => name === '201')!.id]
    await api.put('/api/v1/conference-rooms/420', { name: 'Weekly', announces: 'silent', moderatorIds })
    await dial('201', '420')
    await dial('202', '420')
    await isIn('420', '201', '202')
    await api.post('/api/v1/conferences/420/commands/startRecording', {})
    const free = await FreePorts.claim()
    const subscribe = (cseq: number, ...more: string[]) =>
      request('SUBSCRIBE', '202', '420', cseq, ['Event: conference', 'Expires: 600', ...more])
    const watching = play(
      { platform, user: '202', port: await free.port() },
      scenario(
        subscribe(1),
        response(407, 'auth="true"'),
        subscribe(2, '[authentication]'),
        response(200),
        '<label id="again"/>',
        requestOf('NOTIFY'),
        respondInDialog('200 OK', '202'),
        '<nop next="again"/>',
      ),
      { service: '420' },
    )
    /** Who is in it, by each document that was sent. */
    const documents = (): string[] =>
      [...watching.messages.matchAll(/<conference-info [\s\S]*?<\/conference-info>/g)].map(([text]) =>
        [...text.matchAll(/<user entity="sip:(\d+)@/g)].map(([, number]) => number).join(),
      )
    // Long enough to be heard in the recording.
    await talk(600)
    await eventually('the first document', async () => documents().includes('201,202') || undefined)
    const events = phones['201'].events.length
    await phones['201'].command('transfer', `sip:203@${platform.sip}`)
    await phones['201'].waitFor('CALL_CLOSED', 30_000, events)
    await isIn('420', '202', '203')
    await eventually('a document without the moderator', async () => documents().at(-1) === '202,203' || undefined)
    await watching.stop()
    free.release()
    // Who comes hears first that it is recorded.
    await talk(3600)
    await api.post('/api/v1/conferences/420/commands/stopRecording', {})
    const { items } = await eventually('the recording', async () => {
      const list = await api.get<{ items: { id: string; state: string; other: object }[] }>('/api/v1/recordings')
      return list.items.some(({ state }) => state === 'ended') ? list : undefined
    })
    assert.equal(items.length, 1)
    assert.deepEqual(items[0]!.other, { number: '420', name: 'Weekly' })
    const wav = await hearRecording(api, items[0]!.id)
    for (const name of ['202', '203'] as const) {
      const loud = level(wav, tones[name], 900, 600)
      assert.ok(loud > -30, `${name} is in the recording after the moderator has left, at ${loud} dBov`)
    }
    const early = Array.from({ length: 20 }, (_, i) => level(wav, tones['201'], wav.durationMs - i * 100, 100))
    assert.ok(early.filter((dbov) => dbov > -30).length >= 4, `and the moderator before, ${early.join()}`)
    assert.ok(level(wav, tones['201'], 900, 600) < -50)
    for (const name of ['202', '203'] as const) await phones[name].hangUp()
    await eventually('420 is over', async () => ((await room('420')).isRunning ? undefined : (true as const)))
  })

  it('after a kill -9 in the middle, each of its calls is in the ledger once, and its recording is there up to the last second', async () => {
    await dial('201', '400')
    await dial('202', '400')
    await isIn('400', '201', '202')
    const live = (await api.get<{ items: { id: string }[] }>('/api/v1/live-calls')).items.map(({ id }) => id)
    assert.equal(live.length, 2)
    await api.post('/api/v1/conferences/400/commands/startRecording', {})
    await talk(2500)
    await platform.kill()
    platform = await startPlatform({ ports, data, readyLimitMs: 60_000 })
    api = await platform.login('201')
    assert.equal((await room('400')).isRunning, false)
    for (const id of live) {
      const { call } = await api.get<{ call: { termination: { reason: string } } }>(`/api/v1/calls/${id}`)
      assert.equal(call.termination.reason, 'restarted')
    }
    const { items } = await api.get<{ items: { id: string; end: string; durationMs: number }[] }>(
      '/api/v1/recordings?limit=1',
    )
    assert.equal(items[0]?.end, 'cut')
    assert.ok(items[0].durationMs >= 1000, `${items[0].durationMs} ms are kept`)
    const wav = await hearRecording(api, items[0].id)
    for (const name of ['201', '202'] as const)
      assert.ok(level(wav, tones[name], 400, 300) > -30, `${name} is in what is kept`)
    await platform.stop()
    const ledger = new LedgerOfData(data)
    assert.deepEqual(ledger.unsound(), { open: 0, legsOpen: 0, endedNotOnce: 0 })
    ledger.close()
  })
})

function longestRun(values: readonly number[], is: (value: number) => boolean): number {
  let longest = 0
  let run = 0
  for (const value of values) {
    run = is(value) ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}
