import assert from 'node:assert/strict'
import { watch } from 'node:fs'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import {
  eventually,
  FreePorts,
  type Platform,
  hearRecording,
  SeededRandom,
  type Sipp,
  startPlatform,
  within,
} from '@vaxel/testkit'
import { type NetCall, NetPhone } from '@vaxel/testkit/peers/net-phone'
import {
  answerSteps,
  inDialog,
  inviteSteps,
  play,
  register,
  requestOf,
  respondInDialog,
  response,
  scenario,
  stopAll,
} from '../sipp/sipp-phone.ts'
import { LedgerOfData } from './ledger-of-data.ts'

const kills = Number(process.env['VAXEL_TEST_KILLS'] ?? 8)
const random = new SeededRandom(20_261_121)
/** A crash may cost the last second of a call's length: audio is noted once a second, and a busy machine is late with it. */
const audioNotedWithinMs = 1500

/** A call with audio, and when its last sound came. */
interface Talked {
  readonly caller: NetCall
  readonly callee: NetCall
  lastSoundAtMs: number
  /** Hung up right before the kill: whether that was still written is open. */
  isHungUp: boolean
}

interface LiveCall {
  readonly id: string
  readonly connections: readonly { readonly legId: string; readonly party: { readonly number: string } }[]
}

describe(`kill -9 under load, ${kills} times`, () => {
  const phones: NetPhone[] = []
  const talks: Talked[] = []
  const recorded: string[] = []
  let free: FreePorts
  let platform: Platform
  let load: Sipp
  let ledger: LedgerOfData | undefined
  after(async () => {
    await stopAll()
    for (const phone of phones) await phone.close()
    await platform?.program.stop('SIGKILL')
    ledger?.close()
    free?.release()
  })

  it('goes on each time at once: calls reach phones that have not registered again', async () => {
    free = await FreePorts.claim()
    platform = await startPlatform({ mediaPortCount: 300 })
    for (const user of ['204', '205', '206', '207']) {
      const phone = await NetPhone.open({ user, port: platform.ports.sip })
      assert.equal(await phone.register(3600), 200)
      phones.push(phone)
    }
    load = await startLoad()
    for (let kill = 0; kill < kills; kill++) {
      const talking = await Promise.all([talk(phones[0]!, phones[1]!), talk(phones[2]!, phones[3]!)])
      await act(kill, talking)
      const killedAtMs = Date.now()
      await platform.kill()
      for (const one of talking) if (one.lastSoundAtMs === Number.POSITIVE_INFINITY) one.lastSoundAtMs = killedAtMs
      platform = await startPlatform({ data: platform.data, ports: platform.ports })
      // The phones learn only now that their call is gone; until then they sent audio to ports of nobody.
      for (const { caller, callee } of talking) for (const call of [caller, callee]) if (!call.end) call.hangUp()
      assert.ok(load.program.isRunning, `sipp goes on: ${load.program.output.slice(-500)}`)
    }
    const last = await talk(phones[0]!, phones[1]!)
    await last.callee.talker.hears(25)
    assert.equal(last.callee.talker.heard.size, 1, 'nobody of an earlier call is heard')
    last.isHungUp = true
    last.caller.hangUp()
    await Promise.all([last.caller.isOver(), last.callee.isOver()])
  })

  it('loses no call, has none twice, and ends each at its last second of audio', async () => {
    const { messages } = load
    await stopAll()
    assert.deepEqual(await platform.stop(), { code: 0, signal: null })
    ledger = new LedgerOfData(platform.data)
    const answered = answeredOf(messages)
    assert.ok(answered.length > kills, `sipp's calls: ${answered.length} answered`)
    assert.deepEqual(
      answered.filter((sipCallId) => ledger!.callsOfDialog(sipCallId).length !== 1),
      [],
    )
    for (const { caller, callee, lastSoundAtMs, isHungUp } of talks) {
      const [call, ...others] = ledger.callsOfDialog(caller.sipCallId)
      assert.ok(call && others.length === 0, `${caller.sipCallId} is in the history once`)
      assert.deepEqual(
        ledger.callsOfDialog(callee.sipCallId).map(({ id }) => id),
        [call.id],
        'the other side belongs to the same call',
      )
      assert.ok(call.answeredAtMs !== null)
      if (isHungUp && call.reason !== 'restarted') continue
      assert.equal(call.reason, 'restarted')
      const early = Math.max(call.answeredAtMs, lastSoundAtMs - audioNotedWithinMs)
      assert.ok(
        call.endedAtMs! >= early && call.endedAtMs! <= lastSoundAtMs + 150,
        `ended ${call.endedAtMs! - lastSoundAtMs} ms after its last sound, ${call.endedAtMs! - call.answeredAtMs} ms after its answer`,
      )
    }
  })

  it('leaves a sound database: nothing open, every end told once, event numbers without a gap', () => {
    assert.deepEqual(ledger!.integrity(), ['ok'])
    assert.equal(ledger!.gaps(), 0)
    assert.deepEqual(ledger!.unsound(), { open: 0, legsOpen: 0, endedNotOnce: 0 })
  })

  it('keeps what was recorded when it died: the file can be heard, and the history says where it is and how long', async () => {
    const told = ledger!.recordings()
    platform = await startPlatform({ data: platform.data, ports: platform.ports })
    const api = await platform.login()
    assert.ok(recorded.length > 0)
    for (const callId of recorded) {
      const of = told.filter((event) => event.callId === callId)
      assert.deepEqual(
        of.map(({ kind }) => kind),
        ['recording.started', 'recording.ended'],
      )
      const { recording, durationMs, end } = of[1]!.data as { recording: string; durationMs: number; end: string }
      assert.equal(end, 'cut')
      const wav = await hearRecording(api, recording)
      assert.equal(wav.channels.length, 2)
      assert.ok(wav.durationMs > 500, `${wav.durationMs} ms are in the file`)
      assert.ok(Math.abs(wav.durationMs - durationMs) < 1, `told ${durationMs} ms, there are ${wav.durationMs}`)
    }
  })

  async function talk(from: NetPhone, to: NetPhone): Promise<Talked> {
    const coming = to.nextCall()
    const caller = await from.call(to.user)
    const callee = await coming
    await Promise.all([caller.isAnswered(), callee.isAnswered()])
    const one = { caller, callee, lastSoundAtMs: Number.POSITIVE_INFINITY, isHungUp: false }
    talks.push(one)
    return one
  }

  /** What happens between the answer and the kill; each kind of moment comes several times. */
  async function act(kill: number, [first, second]: Talked[]): Promise<void> {
    const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
    switch (kill % 10) {
      case 3: {
        // Both sides fall silent well before the end.
        await wait(1300)
        for (const call of [first!.caller, first!.callee]) call.talker.pause()
        first!.lastSoundAtMs = Date.now()
        return wait(random.between(800, 1200))
      }
      case 5:
        await startRecording('206')
        return wait(random.between(2000, 2400))
      case 6:
      case 7:
        // The port of the first call rests, or its BYE is on its way.
        first!.isHungUp = true
        first!.caller.hangUp()
        return wait(kill % 10 === 6 ? 0 : random.between(5, 60))
      case 8:
      case 9:
        return databaseWrites(platform.data)
      default:
        assert.ok(second)
        return wait(random.between(0, 700))
    }
  }

  async function startRecording(user: string): Promise<void> {
    const api = await platform.login()
    const { items } = await api.get<{ items: LiveCall[] }>('/api/v1/live-calls')
    const call = items.find(({ connections }) => connections.some(({ party }) => party.number === user))
    const { legId } = call!.connections.find(({ party }) => party.number === user)!
    const { status } = await api.request('POST', `/api/v1/live-calls/${call!.id}/commands/startRecording`, { legId })
    assert.equal(status, 202)
    recorded.push(call!.id)
  }

  /** sipp as 208 calls sipp as 209, five times a second, each call for a random while. */
  async function startLoad(): Promise<Sipp> {
    const callee = { platform, user: '209', port: await free.port() }
    await register(callee)
    const endless = { calls: 1_000_000, limitMs: 600_000 }
    play(callee, scenario(answerSteps('209'), requestOf('BYE'), respondInDialog('200 OK', '209')), endless)
    const steps = scenario(
      inviteSteps('208', '209'),
      response(200, 'rrs="true"'),
      inDialog('ACK', '208', '209', 2),
      '<pause distribution="uniform" min="100" max="3000"/>',
      inDialog('BYE', '208', '209', 3),
      response(200),
    )
    const caller = { platform, user: '208', port: await free.port() }
    const calling = play(caller, steps, { ...endless, service: '209', rate: 5 })
    await eventually('the load has begun', () => answeredOf(calling.messages).length > 0)
    return calling
  }
})

/** Call-IDs whose INVITE got a 200, in sipp's own log. */
function answeredOf(messages: string): string[] {
  const answered = new Set<string>()
  for (const part of messages.split(/^-{20,}.*$/m)) {
    if (!/message received/.test(part) || !/^SIP\/2\.0 200 /m.test(part) || !/^CSeq: \d+ INVITE/m.test(part)) continue
    const callId = /^Call-ID: (\S+)/m.exec(part)?.[1]
    if (callId !== undefined) answered.add(callId)
  }
  return [...answered]
}

/** Resolves in the moment in which the database writes; a group commit is then under way. */
async function databaseWrites(data: string): Promise<void> {
  await within(
    'the database writes',
    new Promise<void>((resolve) => {
      const watcher = watch(join(data, 'vaxel.db-wal'), () => {
        watcher.close()
        resolve()
      })
    }),
  )
}
