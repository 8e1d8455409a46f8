import { type RandomBytes, systemRandom } from '@vaxel/base'
import type { CodecName, MediaEvent, MediaLegId, MixId, MixSpeaker, RecordingId, Source } from '@vaxel/core'
import type { AgreedAudio } from '@vaxel/sip/sdp'
import { loadOpus } from '../audio/opus.ts'
import { CheckPort } from '../echo/check-port.ts'
import { EchoResponder } from '../echo/echo-responder.ts'
import { StreamDoor } from '../echo/stream-door.ts'
import { DtlsEndpoint } from '../dtls/dtls-connection.ts'
import type { Hearing, LegCounters } from '../engine/media-plane.ts'
import { SharedPort } from '../ice/shared-port.ts'
import { WatchedConference } from '../mix/watched-conference.ts'
import { openSource } from '../play/open-source.ts'
import { LegRecording } from '../record/leg-recording.ts'
import { MixRecording } from '../record/mix-recording.ts'
import { blockMs } from '../record/stereo-recorder.ts'
import { AudioLeg } from '../relay/audio-leg.ts'
import { type Feed, hearEcho, hearLeg, hearNothing, joinConference, recordLeg, recordMix } from '../relay/feeds.ts'
import { LegTransport } from '../relay/leg-transport.ts'
import { openPortPair, type PortPair } from '../relay/port-pair.ts'
import { UdpAddress } from '../udp/udp-address.ts'
import type { UdpNetwork, UdpSocket } from '../udp/udp-network.ts'
import type {
  BindAddress,
  LegPorts,
  OpenReply,
  RecordingReply,
  WorkerCommand,
  WorkerMessage,
  WorkerOptions,
} from './protocol.ts'
import { steadyWallMs, steadyWallOf, toShared } from './shared-time.ts'
import { WorkerLeg } from './worker-leg.ts'

const tickMs = 20
/** So far behind, ticks are given up: the machine slept, or is overloaded beyond help. */
const mostBehindMs = 200
const sharedPortBufferBytes = 4_194_304
/** Who checks a network waits for the figures. */
const checkReportMs = 1_000

interface Recording {
  /** What ends it when it goes. */
  readonly of: MediaLegId | MixId
  readonly path: string
  /** Undefined while the file is being made. */
  running?: { readonly recording: LegRecording | MixRecording; readonly feed: Feed }
  /** Why it was stopped, once it was. */
  stopped?: RecordingEnd
}

type RecordingEnd = (MediaEvent & { kind: 'recordingEnded' })['reason']

/** As wide as what will be heard; where that is not known yet, wide enough for whatever comes. */
function recordingRate(codec: CodecName | undefined): 8000 | 16_000 {
  return codec === 'PCMA' || codec === 'PCMU' ? 8000 : 16_000
}

function closePair(pair: PortPair | undefined): void {
  pair?.rtp.close()
  pair?.rtcp.close()
}

/** What a worker does, apart from being a thread: performs commands, tells events, ticks. Also runs in the main thread, for tests. */
export class MediaWorker {
  readonly #network: UdpNetwork
  readonly #options: WorkerOptions
  readonly #tell: (message: WorkerMessage) => void
  readonly #random: RandomBytes
  readonly #dtls: DtlsEndpoint | undefined
  readonly #sharedPort: SharedPort
  readonly #legs = new Map<MediaLegId, WorkerLeg>()
  readonly #checkPorts = new Map<number, CheckPort>()
  readonly #doors = new Map<MediaLegId, StreamDoor>()
  #echo: EchoResponder | undefined
  /** Pairs that are bound ahead of their legs, by RTP port: a call then waits for no socket. */
  readonly #reserved = new Map<number, PortPair>()
  readonly #mixes = new Map<MixId, WatchedConference>()
  readonly #recordings = new Map<RecordingId, Recording>()
  #nextTickMs = 0

  constructor(parts: {
    network: UdpNetwork
    options: WorkerOptions
    tell: (message: WorkerMessage) => void
    random?: RandomBytes
  }) {
    this.#network = parts.network
    this.#options = parts.options
    this.#tell = parts.tell
    this.#random = parts.random ?? systemRandom
    this.#dtls = parts.options.certificate && new DtlsEndpoint(parts.options.certificate)
    this.#sharedPort = new SharedPort(Buffer.from(this.#random(4)).readInt32LE(0))
  }

  /** Opens the shared port, and says `ready` or `cannotStart`. */
  async start(): Promise<void> {
    const bound: BindAddress[] = []
    for (const { address, port } of this.#options.icePorts) {
      let socket: UdpSocket | undefined
      const result = await this.#network.bind({
        address,
        port,
        bufferBytes: sharedPortBufferBytes,
        receive: (packet, length, from, nowMs) => {
          if (socket) this.#sharedPort.receive(socket, packet, length, from, nowMs)
        },
      })
      if ('fault' in result) {
        return this.#tell({ tell: 'cannotStart', reason: `UDP ${address} port ${port}: ${result.fault}` })
      }
      socket = result
      bound.push({ address, port: result.local.port })
    }
    this.#tell({ tell: 'ready', icePorts: bound })
  }

  get isIdle(): boolean {
    return this.#legs.size === 0 && this.#mixes.size === 0 && this.#recordings.size === 0
  }

  /** Milliseconds until the next tick is due. */
  untilTick(nowMs: number): number {
    return this.isIdle ? Number.POSITIVE_INFINITY : Math.max(0, this.#nextTickMs - nowMs)
  }

  /** Performs the ticks that are due; they stay 20 ms apart, however late this is called. */
  tick(nowMs: number): void {
    if (this.isIdle || nowMs - this.#nextTickMs > mostBehindMs) this.#nextTickMs = nowMs
    while (nowMs >= this.#nextTickMs) {
      for (const leg of this.#legs.values()) leg.tick(nowMs)
      for (const [id, mix] of this.#mixes) mix.tick(() => this.#speakersOf(id, mix))
      for (const [id, { running }] of this.#recordings) {
        running?.feed.tick?.()
        if (running?.recording.due) void this.#stopRecording(id, running.recording.due)
      }
      this.#nextTickMs += tickMs
    }
    this.#network.flush()
  }

  /** Performs a command. Never throws for a leg that is gone. */
  perform(command: WorkerCommand): void {
    const nowMs = performance.now()
    switch (command.do) {
      case 'open':
        return void this.#open(command).then((value) => this.#reply(command.request, value))
      case 'openCheckPort':
        return void this.#openCheckPort(command).then((value) => this.#reply(command.request, value))
      case 'closeCheckPort':
        this.#checkPorts.get(command.port)?.close()
        this.#checkPorts.delete(command.port)
        return this.#reply(command.request, undefined)
      case 'addCheck':
        return this.#responder().add(command.check)
      case 'removeCheck':
        return this.#echo?.remove(command.id)
      case 'echoHeard':
        return this.#reply(command.request, this.#echo?.heard(command.id) ?? [])
      case 'reserve':
        return void this.#reserve(command.ports).then((value) => this.#reply(command.request, value))
      case 'unreserve':
        closePair(this.#takeReserved(command.ports))
        return this.#reply(command.request, undefined)
      case 'openReserved':
        return this.#openReserved(command)
      case 'prepareIce':
        return this.#legs.get(command.leg)?.audio.transport.prepareIce(command)
      case 'peerMoved':
        return this.#legs.get(command.leg)?.audio.transport.peerMoved(UdpAddress.parse(command.peerAddress, 0))
      case 'configure':
        return this.#configure(command.leg, command.agreed, nowMs)
      case 'relayFax':
        return this.#relayFax(command)
      case 'sendFax':
        return this.#legs.get(command.leg)?.audio.transport.sendFax(Buffer.from(command.packet), command.packet.length)
      case 'hear':
        return this.#hear(command.leg, command.hearing)
      case 'play':
        return this.#play(command.leg, command.source, command.loop)
      case 'stopPlay':
        return this.#legs.get(command.leg)?.stopPlay()
      case 'playOver':
        return this.#legs.get(command.leg)?.playOver((sampleRate) => openSource(command.source, sampleRate))
      case 'sendDigit':
        return this.#legs.get(command.leg)?.sendDigit(command.digit, command.durationMs)
      case 'createMix':
        return this.#createMix(command.mix)
      case 'releaseMix':
        return this.#releaseMix(command.mix)
      case 'playInMix':
        return this.#playInMix(command.mix, command.source)
      case 'watchMix':
        return this.#mixes.get(command.mix)?.watch(command.isWatched)
      case 'startRecording':
        return void this.#startRecording(command).then((value) => this.#reply(command.request, value))
      case 'startMixRecording':
        return void this.#startMixRecording(command).then((value) => this.#reply(command.request, value))
      case 'pauseRecording':
        return this.#reply(command.request, this.#pauseRecording(command.recording, command.isPaused))
      case 'stopRecording':
        return void this.#stopRecording(command.recording)
      case 'counters':
        return this.#reply(command.request, this.#countersOf(this.#legs.get(command.leg)))
      case 'lastAudio':
        return this.#reply(command.request, this.#lastAudio())
      case 'release':
        return this.#release(command.request, command.leg, nowMs)
      case 'close':
        return void this.close().then(() => this.#reply(command.request, undefined))
    }
  }

  /** Frees everything; resolves when recordings are complete. */
  async close(): Promise<void> {
    const nowMs = performance.now()
    const stopped = [...this.#recordings.keys()].map((id) => this.#stopRecording(id))
    for (const leg of this.#legs.values()) leg.close(nowMs)
    this.#legs.clear()
    for (const mix of this.#mixes.values()) mix.close()
    this.#mixes.clear()
    this.#network.flush()
    this.#network.close()
    this.#dtls?.close()
    await Promise.all(stopped)
  }

  async #openCheckPort({ addresses, port }: WorkerCommand & { do: 'openCheckPort' }): Promise<OpenReply> {
    if (this.#checkPorts.has(port)) return 'opened'
    const opened = await CheckPort.open({
      network: this.#network,
      addresses,
      port,
      seed: Buffer.from(this.#random(4)).readInt32LE(0),
      responder: this.#responder(),
    })
    if (!opened) return 'portInUse'
    this.#checkPorts.set(port, opened)
    return 'opened'
  }

  #responder(): EchoResponder {
    this.#echo ??= new EchoResponder(this.#random)
    return this.#echo
  }

  async #open({ leg: id, ports, peerAddress, checkPort }: WorkerCommand & { do: 'open' }): Promise<OpenReply> {
    const door =
      checkPort === 'shared'
        ? new StreamDoor(this.#sharedPort)
        : checkPort === undefined
          ? undefined
          : this.#checkPorts.get(checkPort)?.door()
    if (checkPort !== undefined && !door) return 'portInUse'
    const leg = this.#makeLeg(id, peerAddress, door)
    if (!ports || (await leg.audio.transport.openPorts(ports.address, ports.rtpPort))) return 'opened'
    if (this.#legs.get(id) === leg) this.#legs.delete(id)
    leg.close(performance.now())
    return 'portInUse'
  }

  #openReserved({ leg, ports, peerAddress }: WorkerCommand & { do: 'openReserved' }): void {
    const pair = this.#takeReserved(ports)
    if (pair) this.#makeLeg(leg, peerAddress).audio.transport.usePorts(pair)
  }

  async #reserve(ports: LegPorts): Promise<OpenReply> {
    const pair = await openPortPair(this.#network, ports.address, ports.rtpPort)
    if (!pair) return 'portInUse'
    this.#reserved.set(ports.rtpPort, pair)
    return 'opened'
  }

  #takeReserved({ rtpPort }: LegPorts): PortPair | undefined {
    const pair = this.#reserved.get(rtpPort)
    this.#reserved.delete(rtpPort)
    return pair
  }

  /** @param door of a check port; absent: the shared one */
  #makeLeg(id: MediaLegId, peerAddress: string | undefined, door?: StreamDoor): WorkerLeg {
    this.#legs.get(id)?.close(performance.now())
    if (door) this.#doors.set(id, door)
    const signalling = peerAddress === undefined ? undefined : UdpAddress.parse(peerAddress, 0)
    const event = this.#tell
    const digit = (pressed: string, durationMs: number) =>
      event({ tell: 'event', event: { kind: 'digit', leg: id, digit: pressed, durationMs } })
    const audio = new AudioLeg({
      transport: (listener) =>
        new LegTransport({
          network: this.#network,
          sharedPort: door ?? this.#sharedPort,
          dtls: this.#dtls,
          signalling,
          listener,
        }),
      listener: {
        digit,
        audioStarted: () => event({ tell: 'event', event: { kind: 'audioStarted', leg: id } }),
        silent: (sinceMs) => event({ tell: 'event', event: { kind: 'silent', leg: id, sinceMs } }),
        quiet: (sinceMs) => event({ tell: 'event', event: { kind: 'quiet', leg: id, sinceMs } }),
        heard: () => event({ tell: 'event', event: { kind: 'heard', leg: id } }),
        failed: (reason) => event({ tell: 'event', event: { kind: 'failed', leg: id, reason } }),
      },
      wallClock: steadyWallMs,
      wallOf: steadyWallOf,
      random: this.#random,
      silentAfterMs: this.#options.silentAfterMs ?? 10_000,
      ...(door && { reportIntervalMs: checkReportMs }),
    })
    const leg = new WorkerLeg(id, audio, {
      playEnded: () => event({ tell: 'event', event: { kind: 'playEnded', leg: id } }),
      digit,
      fax: (tone) => event({ tell: 'event', event: { kind: 'fax', leg: id, tone } }),
    })
    if (this.isIdle) this.#nextTickMs = performance.now()
    this.#legs.set(id, leg)
    return leg
  }

  #configure(id: MediaLegId, agreed: AgreedAudio, nowMs: number): void {
    // Should it fail, whatever codec is made then tells.
    if (agreed.receive.some(({ codec }) => codec === 'opus')) loadOpus().catch(() => {})
    this.#legs.get(id)?.audio.configure(agreed, nowMs)
  }

  #relayFax({ leg, remote, to }: WorkerCommand & { do: 'relayFax' }): void {
    this.#legs.get(leg)?.audio.transport.relayFax(UdpAddress.parse(remote.address, remote.port), (packet, length) => {
      const other = this.#legs.get(to)
      if (other) return other.audio.transport.sendFax(packet, length)
      // The buffer is the next datagram's as well.
      this.#tell({ tell: 'event', event: { kind: 'faxData', to, packet: Uint8Array.from(packet.subarray(0, length)) } })
    })
  }

  #hear(id: MediaLegId, hearing: Hearing): void {
    const leg = this.#legs.get(id)
    if (!leg || leg.changeInMix(hearing)) return
    const speaker = hearing.kind === 'leg' ? this.#legs.get(hearing.leg) : undefined
    const mix = hearing.kind === 'mix' ? this.#mixes.get(hearing.mix) : undefined
    // Undone first: a feed that is put in its place may use the same mix.
    leg.hear({ kind: 'nothing' }, hearNothing(leg.audio))
    if (speaker) leg.hear(hearing, hearLeg(leg.audio, speaker.audio))
    else if (mix && hearing.kind === 'mix') leg.hear(hearing, joinConference(leg.audio, mix, hearing))
    else if (hearing.kind === 'echo') leg.hear(hearing, hearEcho(leg.audio))
  }

  #play(id: MediaLegId, source: Source, isLooped: boolean): void {
    const { musicPath } = this.#options
    const isMusicFile = source.kind === 'music' && musicPath !== undefined
    const wanted: Source = isMusicFile ? { kind: 'file', path: musicPath } : source
    const loop = isLooped || isMusicFile
    this.#legs
      .get(id)
      ?.play(wanted, loop, (sampleRate) =>
        openSource(wanted, sampleRate, { loop, onUnplayable: (reason) => this.#tellUnplayable(id, wanted, reason) }),
      )
  }

  #tellUnplayable(leg: MediaLegId | MixId, source: Source, reason: string): void {
    const path = source.kind === 'file' ? source.path : source.kind
    this.#tellTrouble(leg, 'a file cannot be played', path, reason)
  }

  #tellTrouble(of: MediaLegId | MixId, what: string, path: string, reason: string): void {
    this.#tell({ tell: 'event', event: { kind: 'trouble', leg: of as string as MediaLegId, what, path, reason } })
  }

  #createMix(id: MixId): void {
    if (this.#mixes.has(id)) return
    if (this.isIdle) this.#nextTickMs = performance.now()
    const tell = (speakers: readonly MixSpeaker[]): void =>
      this.#tell({ tell: 'event', event: { kind: 'mixLevels', mix: id, speakers } })
    this.#mixes.set(id, new WatchedConference(tell))
  }

  #playInMix(id: MixId, source: Source): void {
    const mix = this.#mixes.get(id)
    const onUnplayable = (reason: string): void => this.#tellUnplayable(id, source, reason)
    mix?.play(openSource(source, mix.sampleRate, { onUnplayable }))
  }

  /** Who speaks in a mix, by leg. */
  #speakersOf(id: MixId, mix: WatchedConference): MixSpeaker[] {
    const levels = new Map(mix.speakers().map(({ member, levelDbov }) => [member, levelDbov]))
    if (levels.size === 0) return []
    const speakers: MixSpeaker[] = []
    for (const leg of this.#legs.values()) {
      if (leg.hearing.kind !== 'mix' || leg.hearing.mix !== id || !leg.member) continue
      const levelDbov = levels.get(leg.member)
      if (levelDbov !== undefined) speakers.push({ leg: leg.id, levelDbov: Math.round(levelDbov) })
    }
    return speakers.toSorted((a, b) => b.levelDbov - a.levelDbov)
  }

  #releaseMix(mix: MixId): void {
    for (const { id, hearing } of this.#legs.values()) {
      if (hearing.kind === 'mix' && hearing.mix === mix) this.#hear(id, { kind: 'nothing' })
    }
    this.#endRecordingsOf(mix)
    this.#mixes.get(mix)?.close()
    this.#mixes.delete(mix)
  }

  #endRecordingsOf(gone: MediaLegId | MixId): void {
    for (const [id, { of }] of this.#recordings) if (of === gone) void this.#stopRecording(id, 'gone')
  }

  async #startRecording(command: WorkerCommand & { do: 'startRecording' }): Promise<RecordingReply> {
    const { leg, path, options } = command
    if (!this.#legs.has(leg)) return 'the leg is gone'
    const form = { coding: 'pcm16', sampleRate: recordingRate(this.#legs.get(leg)?.audio.agreed?.codec) } as const
    return await this.#record(command.recording, leg, path, async (onTrouble) => {
      const recording = await LegRecording.create(path, form, { ...options, onTrouble })
      const audio = this.#legs.get(leg)?.audio
      return { recording, feed: audio && recordLeg(audio, recording) }
    })
  }

  async #startMixRecording(command: WorkerCommand & { do: 'startMixRecording' }): Promise<RecordingReply> {
    const { mix, path, options } = command
    const sampleRate = this.#mixes.get(mix)?.sampleRate
    if (sampleRate === undefined) return 'the conference is over'
    return await this.#record(command.recording, mix, path, async (onTrouble) => {
      const recording = await MixRecording.create(path, sampleRate, { ...options, onTrouble })
      const conference = this.#mixes.get(mix)
      return { recording, feed: conference && recordMix(conference, recording) }
    })
  }

  /** @param open makes the file, and what fills it; without a feed, what was to be recorded is gone */
  async #record<Made extends LegRecording | MixRecording>(
    id: RecordingId,
    of: MediaLegId | MixId,
    path: string,
    open: (onTrouble: (reason: string) => void) => Promise<{ recording: Made; feed: Feed | undefined }>,
  ): Promise<RecordingReply> {
    if (this.#recordings.has(id)) return 'the recording runs already'
    const entry: Recording = { of, path }
    this.#recordings.set(id, entry)
    try {
      const { recording, feed } = await open((reason) => {
        this.#tellTrouble(of, 'a recording lost sound', path, reason)
        this.#tell({ tell: 'event', event: { kind: 'recordingTroubled', recording: id, reason } })
      })
      entry.running = { recording, feed: feed ?? { close() {} } }
      if (entry.stopped || !feed) await this.#stopRecording(id, 'gone')
      return undefined
    } catch (error) {
      this.#recordings.delete(id)
      return error instanceof Error ? error.message : String(error)
    }
  }

  #pauseRecording(id: RecordingId, isPaused: boolean): number | undefined {
    const recording = this.#recordings.get(id)?.running?.recording
    return isPaused ? recording?.pause() : recording?.resume()
  }

  async #stopRecording(id: RecordingId, why: RecordingEnd = 'stopped'): Promise<void> {
    const entry = this.#recordings.get(id)
    if (!entry) return
    entry.stopped ??= why
    if (!entry.running) return
    this.#recordings.delete(id)
    const { recording, feed } = entry.running
    feed.close()
    try {
      await recording.close()
    } finally {
      const { path } = entry
      const { durationMs, sha256, isWhole, droppedBlocks } = recording
      const reason = isWhole ? entry.stopped : 'failed'
      const more = {
        ...(sha256 !== undefined && { sha256 }),
        ...(droppedBlocks > 0 && { lostMs: droppedBlocks * blockMs }),
      }
      this.#tell({
        tell: 'event',
        event: { kind: 'recordingEnded', recording: id, path, durationMs, reason, ...more },
      })
    }
  }

  #lastAudio(): Map<MediaLegId, number> {
    const last = new Map<MediaLegId, number>()
    for (const { id, audio } of this.#legs.values())
      if (audio.lastAudioAtMs !== undefined) last.set(id, toShared(audio.lastAudioAtMs))
    return last
  }

  #release(request: number, id: MediaLegId, nowMs: number): void {
    const leg = this.#legs.get(id)
    if (!leg) return this.#reply(request, undefined)
    const counters = this.#countersOf(leg)
    this.#doors.delete(id)
    this.#endRecordingsOf(id)
    this.#legs.delete(id)
    for (const other of this.#legs.values()) {
      if (other.hearing.kind === 'leg' && other.hearing.leg === id) this.#hear(other.id, { kind: 'nothing' })
    }
    leg.close(nowMs)
    this.#network.flush()
    this.#reply(request, counters)
  }

  #countersOf(leg: WorkerLeg | undefined): LegCounters | undefined {
    const counters = countersOf(leg)
    const door = leg && this.#doors.get(leg.id)
    return counters && door ? { ...counters, ...door.figures() } : counters
  }

  #reply(request: number, value: (WorkerMessage & { tell: 'reply' })['value']): void {
    this.#tell({ tell: 'reply', request, value })
  }
}

/** Times in it are those that threads share. */
function countersOf(leg: WorkerLeg | undefined): LegCounters | undefined {
  const counters = leg?.audio.counters()
  return counters?.lastAudioAtMs === undefined
    ? counters
    : { ...counters, lastAudioAtMs: toShared(counters.lastAudioAtMs) }
}
