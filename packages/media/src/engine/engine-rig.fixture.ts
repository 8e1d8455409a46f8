import assert from 'node:assert/strict'
import { type CallId, isRefusal, type LegId, silentLogger, systemRandom } from '@vaxel/base'
import type { MediaEvent, MediaLegId, MediaPolicy, MixId, RecordingId } from '@vaxel/core'
import { EmbeddedMediaEngine } from './embedded-engine.ts'
import type { LegCounters, MediaPlane, PlaneEvent } from './media-plane.ts'
import { PortPool } from './port-pool.ts'

const noCounters: LegCounters = {
  received: { packets: 100, lossRatio: 0, jitterMs: 1 },
  sent: { packets: 0, lossRatio: 0, jitterMs: 0 },
}

/** A plane that writes down what it is told; ports in `busy` are in use by others. */
export class FakePlane implements MediaPlane {
  readonly told: string[] = []
  readonly busy = new Set<number>()
  readonly open_ = new Map<string, number | undefined>()
  async open(leg: MediaLegId, ports: { rtpPort: number } | undefined) {
    if (ports && this.busy.has(ports.rtpPort)) return 'portInUse' as const
    this.open_.set(leg, ports?.rtpPort)
    return 'opened' as const
  }
  readonly reserved = new Set<number>()
  async reserve({ rtpPort }: { rtpPort: number }) {
    if (this.busy.has(rtpPort)) return 'portInUse' as const
    this.reserved.add(rtpPort)
    return 'opened' as const
  }
  async unreserve({ rtpPort }: { rtpPort: number }) {
    this.reserved.delete(rtpPort)
  }
  openReserved(leg: MediaLegId, { rtpPort }: { rtpPort: number }) {
    if (this.reserved.delete(rtpPort)) this.open_.set(leg, rtpPort)
  }
  prepareIce(leg: MediaLegId) {
    this.told.push(`prepareIce ${leg}`)
  }
  configure(leg: MediaLegId, { codec, keying, direction, remote }: Parameters<MediaPlane['configure']>[1]) {
    this.told.push(`configure ${leg} ${codec} ${keying} ${direction} ${remote?.address ?? '-'}`)
  }
  peerMoved(leg: MediaLegId, peerAddress: string) {
    this.told.push(`peerMoved ${leg} ${peerAddress}`)
  }
  relayFax(leg: MediaLegId, { address, port }: { address: string; port: number }, to: MediaLegId) {
    this.told.push(`fax ${leg} ${address}:${port} to ${to}`)
  }
  sendFax(leg: MediaLegId, packet: Uint8Array) {
    this.told.push(`fax data ${leg} ${Buffer.from(packet).toString('hex')}`)
  }
  hear(leg: MediaLegId, hearing: Parameters<MediaPlane['hear']>[1]) {
    const what = hearing.kind === 'leg' ? hearing.leg : hearing.kind === 'mix' ? hearing.mix : hearing.kind
    this.told.push(`${leg} hears ${what}`)
  }
  play(leg: MediaLegId, source: { kind: string }) {
    this.told.push(`play ${leg} ${source.kind}`)
  }
  stopPlay(leg: MediaLegId) {
    this.told.push(`stopPlay ${leg}`)
  }
  sendDigit(leg: MediaLegId, digit: string) {
    this.told.push(`digit ${leg} ${digit}`)
  }
  createMix(mix: MixId) {
    this.told.push(`createMix ${mix}`)
  }
  playInMix(mix: MixId) {
    this.told.push(`playInMix ${mix}`)
  }
  watchMix(mix: MixId, isWatched: boolean) {
    this.told.push(`watchMix ${mix} ${isWatched}`)
  }
  releaseMix(mix: MixId) {
    this.told.push(`releaseMix ${mix}`)
  }
  async startRecording(_recording: RecordingId, _leg: MediaLegId, path: string) {
    return path.startsWith('/no/') ? 'no such folder' : undefined
  }
  playOver(leg: MediaLegId) {
    this.told.push(`${leg} plays over`)
  }
  async startMixRecording(recording: RecordingId, mix: MixId) {
    this.told.push(`startMixRecording ${recording} ${mix}`)
    return undefined
  }
  async pauseRecording(recording: RecordingId, isPaused: boolean) {
    this.told.push(`pauseRecording ${recording} ${isPaused}`)
    return 0
  }
  stopRecording(recording: RecordingId) {
    this.told.push(`stopRecording ${recording}`)
  }
  readonly heardAtMs = new Map<MediaLegId, number>()
  /** All of them are of the first part. */
  async lastAudio(part: number, _parts: number): Promise<Map<MediaLegId, number>> {
    return part === 0 ? this.heardAtMs : new Map()
  }
  async counters() {
    return noCounters
  }
  async release(leg: MediaLegId) {
    this.open_.delete(leg)
    this.told.push(`release ${leg}`)
    return noCounters
  }
  async close() {
    this.told.push('close')
  }
}

function manualClock() {
  const timers: { at: number; run: () => void }[] = []
  let now = 0
  return {
    now: () => now,
    monotonicMs: () => now,
    startTimer(delayMs: number, run: () => void) {
      const timer = { at: now + delayMs, run }
      timers.push(timer)
      return { stop: () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1)) }
    },
    pass(ms: number) {
      now += ms
      for (const timer of [...timers])
        if (timer.at <= now && timers.includes(timer)) timers.splice(timers.indexOf(timer), 1)[0]!.run()
    },
  }
}

/** An engine whose planes only write down what they are told. */
export async function startRig({
  planes = 1,
  range = [50_000, 50_019],
}: {
  planes?: number
  range?: [number, number]
} = {}) {
  const clock = manualClock()
  const fakes: FakePlane[] = []
  const tell: ((event: PlaneEvent) => void)[] = []
  const ports = new PortPool({ range, clock, drainMs: 30_000, random: systemRandom })
  const engine = new EmbeddedMediaEngine({
    clock,
    log: silentLogger,
    random: systemRandom,
    ports,
    planes,
    startPlane: async (index, onEvent) => {
      tell[index] = onEvent
      fakes[index] = new FakePlane()
      return fakes[index]
    },
    mediaPort: 5004,
    fingerprint: { hash: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') },
    advertise: () => '192.0.2.1',
    bindAddressFor: (address) => address,
    candidatesFor: (address) => [address],
    resolveSource: (source) => source,
    qualityIntervalMs: 5_000,
  })
  const events: MediaEvent[] = []
  engine.onEvent((event) => events.push(event))
  await engine.start()
  const allocate = async (id: string, policy: Partial<MediaPolicy> = {}, call = 'call') => {
    const refused = await engine.allocate({
      id: id as MediaLegId,
      callId: call as CallId,
      legId: id as LegId,
      policy: {
        offer: 'rtp',
        accept: ['dtls', 'sdes', 'rtp'],
        ice: false,
        codecs: ['opus', 'G722', 'PCMA', 'PCMU'],
        peerAddress: '192.0.2.9',
        ...policy,
      },
    })
    return refused ?? (id as MediaLegId)
  }
  const leg = async (id: string, policy: Partial<MediaPolicy> = {}, call?: string) => {
    const allocated = await allocate(id, policy, call)
    assert.ok(!isRefusal(allocated))
    return allocated
  }
  const told = (index = 0) => fakes[index]!.told.splice(0)
  return { engine, clock, fakes, tell, ports, events, allocate, leg, told }
}

/** What a peer at 192.0.2.9 offers or answers. */
export const offerOf = (formats: string, port = 4000, more = '') =>
  `v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\nm=audio ${port} RTP/AVP ${formats}\r\na=rtpmap:111 opus/48000/2\r\n${more}`
