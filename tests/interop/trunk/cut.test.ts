import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  type ApiClient,
  Baresip,
  eventually,
  followTone,
  FreePorts,
  hearRecording,
  type Platform,
  startPlatform,
} from '@vaxel/testkit'
import { NetPhone, type NetCall } from '@vaxel/testkit/peers/net-phone'
import { talk } from '../baresip/heard-tone.ts'
import { KamailioCarrier } from './kamailio-carrier.ts'

const number = '+46855512345'
const mediaTimeoutSeconds = 10
const farToneHz = 620

interface Recording {
  readonly id: string
  readonly state: string
  readonly end?: string
  readonly durationMs?: number
}
interface Story {
  readonly steps: readonly { code: string; params: { who?: string } }[]
  readonly verdict: { fault: string; code: string; advice?: string; params: { who?: string } }
}

describe('a trunk that is cut in mid-call (Kamailio and baresip with running audio as the carrier)', () => {
  let platform: Platform
  let free: FreePorts
  let api: ApiClient
  let carrier: KamailioCarrier
  let network: Baresip
  let anna: NetPhone
  let call: NetCall
  let connectedAtMs: number
  let cutAtMs: number

  before(async () => {
    platform = await startPlatform({ environment: { VAXEL_MEDIA_TIMEOUT: String(mediaTimeoutSeconds) } })
    free = await FreePorts.claim()
    api = await platform.login()
    network = await Baresip.start({ user: number, toneHz: farToneHz })
    carrier = await KamailioCarrier.start(await free.port(), network.sipPort, 'acme')
    const { items } = await api.get<{ items: { id: string; name: string }[] }>('/api/v1/trunks')
    await api.patch(`/api/v1/trunks/${items.find(({ name }) => name === 'pstn')!.id}`, {
      targets: [{ host: '127.0.0.1', port: carrier.port, protocol: 'udp' }],
      login: { username: 'acme', password: 'geheim-acme' },
      health: { intervalSeconds: 0 },
    })
    const { policy } = await api.get<{ policy: object }>('/api/v1/recording-policy')
    await api.put('/api/v1/recording-policy', { ...policy, mode: 'always', tells: 'nobody' })
    anna = await NetPhone.open({ user: '201', port: platform.ports.sip })
    call = await anna.call(number)
    await call.isAnswered()
    connectedAtMs = Date.now()
    await call.talker.hears(50)
  })
  after(async () => {
    await anna?.close()
    await carrier?.stop()
    await network?.stop()
    free?.release()
    await platform?.stop()
  })

  it('goes on when only the signalling is gone: Kamailio dies, and both go on talking', async () => {
    await carrier.kill()
    await call.talker.hears(call.talker.receivedPackets + 100)
    assert.equal(call.end, undefined)
  })

  it('goes on when the line is back within the time that silence may last', async () => {
    process.kill(network.program.pid, 'SIGSTOP')
    await talk(2000)
    process.kill(network.program.pid, 'SIGCONT')
    await call.talker.hears(call.talker.receivedPackets + 50)
    assert.equal(call.end, undefined)
  })

  it('ends when it stays dead: the caller is told why, after the time and not before', async () => {
    process.kill(network.program.pid, 'SIGSTOP')
    cutAtMs = Date.now()
    const end = await call.isOver(6 * mediaTimeoutSeconds * 1000)
    assert.ok(call.endedAtMs! - cutAtMs >= (mediaTimeoutSeconds - 1) * 1000, `${call.endedAtMs! - cutAtMs} ms`)
    assert.equal(end.by, 'peer')
    assert.match(end.reason ?? '', /No audio came from this side any more/)
    process.kill(network.program.pid, 'SIGKILL')
  })

  it('is told in the call’s story as the trunk’s fault, with who was behind it', async () => {
    const { items } = await api.get<{ items: { id: string }[] }>('/api/v1/calls?limit=1')
    const { steps, verdict } = await eventually('the call is in the history as ended', async () => {
      const story = await api.get<Story>(`/api/v1/calls/${items[0]!.id}/story`)
      return story.verdict.code !== 'goes-on' && story
    })
    assert.deepEqual([verdict.fault, verdict.code, verdict.advice], ['trunk', 'media-timeout', 'check-trunk'])
    assert.equal(steps.at(-1)?.code, 'ended.media-timeout')
    assert.equal(steps.at(-1)?.params.who, verdict.params.who)
  })

  it('is recorded whole: from the answer to the end, the far side’s tone wherever it came', async () => {
    const recording = await eventually('the recording has ended', async () => {
      const found = (await api.get<{ items: Recording[] }>('/api/v1/recordings?limit=1')).items[0]
      return found?.state === 'ended' && found
    })
    assert.equal(recording.end, 'gone')
    const wholeMs = call.endedAtMs! - connectedAtMs
    const wav = await hearRecording(api, recording.id)
    assert.ok(Math.abs(wav.durationMs - wholeMs) < 2500, `${wav.durationMs} ms of ${wholeMs} ms`)
    const heardMs = Math.max(...wav.channels.map((one) => followTone(one, wav.rateHz, farToneHz).heardMs))
    const cameMs = cutAtMs - connectedAtMs - 2000
    assert.ok(heardMs > cameMs - 2500 && heardMs < cameMs + 2500, `${heardMs} ms of ${cameMs} ms`)
    const { faults } = await api.post<{ faults: unknown[] }>('/api/v1/recordings-verification', {})
    assert.deepEqual(faults, [])
  })
})
