import { type RandomBytes, systemRandom, TransientMap } from '@vaxel/base'
import type { MediaLegId, MixId, Source } from '@vaxel/core'
import type { AgreedAudio } from '@vaxel/sip/sdp'
import { loadOpus } from '../audio/opus.ts'
import { DtlsEndpoint } from '../dtls/dtls-connection.ts'
import type { StreamDoor } from '../echo/stream-door.ts'
import type { Hearing, LegCounters } from '../engine/media-plane.ts'
import { SharedPort } from '../ice/shared-port.ts'
import { openSource } from '../play/open-source.ts'
import { AudioLeg } from '../relay/audio-leg.ts'
import { hearEcho, hearLeg, hearNothing, joinConference } from '../relay/feeds.ts'
import { LegTransport } from '../relay/leg-transport.ts'
import { UdpAddress } from '../udp/udp-address.ts'
import type { UdpNetwork, UdpSocket } from '../udp/udp-network.ts'
import type { BindAddress, OpenReply, WorkerCommand, WorkerMessage, WorkerOptions } from './protocol.ts'
import { ReservedPorts } from './reserved-ports.ts'
import { steadyWallMs, steadyWallOf, toShared } from './shared-time.ts'
import { tellBroken, tellFailed, tellUnplayable } from './tell-trouble.ts'
import { WorkerChecks } from './worker-checks.ts'
import { TickTable } from './tick-table.ts'
import { WorkerLeg, type WorkerLegListener } from './worker-leg.ts'
import { WorkerMixes } from './worker-mixes.ts'
import { WorkerRecordings } from './worker-recordings.ts'

type ReplyValue = (WorkerMessage & { tell: 'reply' })['value']

const tickMs = 20
/** So far behind, ticks are given up: the machine slept, or is overloaded beyond help. */
const mostBehindMs = 200
const sharedPortBufferBytes = 4_194_304
/** Who checks a network waits for the figures. */
const checkReportMs = 1_000

/** What a worker does, apart from being a thread: performs commands, tells events, ticks. Also runs in the main thread, for tests. */
export class MediaWorker {
  readonly #network: UdpNetwork
  readonly #options: WorkerOptions
  readonly #tell: (message: WorkerMessage) => void
  readonly #random: RandomBytes
  readonly #nowMs: () => number
  readonly #dtls: DtlsEndpoint | undefined
  readonly #sharedPort: SharedPort
  readonly #legs = new TransientMap<MediaLegId, WorkerLeg>()
  readonly #checks: WorkerChecks
  readonly #reserved: ReservedPorts
  readonly #mixes: WorkerMixes
  readonly #recordings: WorkerRecordings
  #nextTickMs = 0
  readonly #ticks = new TickTable()
  /** Legs that were ever made. */
  #made = 0

  constructor(parts: {
    network: UdpNetwork
    options: WorkerOptions
    tell: (message: WorkerMessage) => void
    random?: RandomBytes
    /** Monotonic; the thread's own if absent. */
    nowMs?: () => number
  }) {
    this.#network = parts.network
    this.#options = parts.options
    this.#tell = parts.tell
    this.#random = parts.random ?? systemRandom
    this.#nowMs = parts.nowMs ?? (() => performance.now())
    this.#dtls = parts.options.certificate && new DtlsEndpoint(parts.options.certificate)
    this.#sharedPort = new SharedPort(Buffer.from(this.#random(4)).readInt32LE(0))
    const [network, tell, legs] = [this.#network, this.#tell, this.#legs]
    this.#checks = new WorkerChecks({ network, sharedPort: this.#sharedPort, random: this.#random })
    this.#reserved = new ReservedPorts(network, (rtpPort) =>
      tell({ tell: 'event', event: { kind: 'reservedHeard', rtpPort } }),
    )
    this.#mixes = new WorkerMixes({ legs, tell, gone: (mix) => this.#recordings.endOf(mix) })
    this.#recordings = new WorkerRecordings({ legs, mixes: this.#mixes.byId, tell })
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
    return this.#legs.size === 0 && this.#mixes.isIdle && this.#recordings.isIdle
  }

  /** Milliseconds until the next tick is due. */
  untilTick(nowMs: number): number {
    return this.isIdle ? Number.POSITIVE_INFINITY : Math.max(0, this.#nextTickMs - nowMs)
  }

  /** Performs the ticks that are due; they stay 20 ms apart, however late this is called. */
  tick(nowMs: number): void {
    if (this.isIdle || nowMs - this.#nextTickMs > mostBehindMs) this.#nextTickMs = nowMs
    while (nowMs >= this.#nextTickMs) {
      this.#ticks.pass(nowMs)
      this.#mixes.tick()
      this.#recordings.tick(nowMs)
      this.#nextTickMs += tickMs
    }
    this.#network.flush()
  }

  /** Performs a command. Never throws: one that fails by a fault of ours ends the leg or the conference that it was for, not the thread with all others. */
  perform(command: WorkerCommand): void {
    // One that is to be released is not in the list any more when that fails.
    const leg = 'leg' in command ? this.#legs.get(command.leg) : undefined
    try {
      leg?.wake()
      this.#perform(command, this.#nowMs())
    } catch (error) {
      this.#failed(command, error, leg)
    }
  }

  #perform(command: WorkerCommand, nowMs: number): void {
    switch (command.do) {
      case 'open':
        return this.#answer(command, this.#open(command))
      case 'openCheckPort':
        return this.#answer(command, this.#checks.openPort(command))
      case 'closeCheckPort':
        this.#checks.closePort(command.port)
        return this.#reply(command.request, undefined)
      case 'addCheck':
        return this.#checks.responder.add(command.check)
      case 'removeCheck':
        return this.#checks.remove(command.id)
      case 'echoHeard':
        return this.#reply(command.request, this.#checks.heard(command.id))
      case 'reserve':
        return this.#answer(command, this.#reserved.reserve(command.ports))
      case 'unreserve':
        this.#reserved.giveBack(command.ports)
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
        return this.#mixes.play(command.mix, command.source)
      case 'watchMix':
        return this.#mixes.watch(command.mix, command.isWatched)
      case 'startRecording':
        return this.#answer(command, this.#recordings.startOfLeg(command))
      case 'startMixRecording':
        return this.#answer(command, this.#recordings.startOfMix(command))
      case 'pauseRecording':
        return this.#reply(command.request, this.#recordings.pause(command.recording, command.isPaused))
      case 'stopRecording':
        return void this.#recordings.stop(command.recording)
      case 'counters':
        return this.#reply(command.request, this.#countersOf(this.#legs.get(command.leg)))
      case 'lastAudio':
        return this.#reply(command.request, this.#lastAudio(command))
      case 'release':
        return this.#release(command.request, command.leg, nowMs)
      case 'close':
        return this.#answer(
          command,
          this.close().then(() => undefined),
        )
    }
  }

  #answer(command: WorkerCommand & { readonly request: number }, reply: Promise<ReplyValue>): void {
    reply.then(
      (value) => this.#reply(command.request, value),
      (error: unknown) => this.#failed(command, error, 'leg' in command ? this.#legs.get(command.leg) : undefined),
    )
  }

  /** Whoever asked is answered: as where nothing is there any more. A question that fails, or a recording that cannot begin, ends nobody's call. */
  #failed(command: WorkerCommand, error: unknown, leg: WorkerLeg | undefined): void {
    const isChange = !('request' in command) || command.do === 'open' || command.do === 'release'
    if (leg && isChange) leg.audio.broke(error)
    else tellFailed(this.#tell, command, error)
    if ('mix' in command && isChange) this.#mixes.broke(command.mix, error)
    if (leg && command.do === 'release') this.#drop(leg)
    if (!('request' in command)) return
    const isRecording = command.do === 'startRecording' || command.do === 'startMixRecording'
    this.#reply(command.request, isRecording ? 'a fault of the platform; its log says where' : undefined)
  }

  /** Frees what can be freed of a leg that could not be released: its sockets in any case. */
  #drop(leg: WorkerLeg): void {
    this.#legs.delete(leg.id)
    for (const free of [() => leg.close(this.#nowMs()), () => leg.audio.transport.close()]) {
      try {
        free()
      } catch {
        // What failed is told already.
      }
    }
  }

  /** Frees everything; resolves when recordings are complete. */
  async close(): Promise<void> {
    const nowMs = this.#nowMs()
    const stopped = this.#recordings.close()
    for (const leg of this.#legs.values()) leg.close(nowMs)
    this.#legs.clear()
    this.#mixes.close()
    this.#network.flush()
    this.#network.close()
    this.#dtls?.close()
    await stopped
  }

  async #open({ leg: id, ports, peerAddress, checkPort }: WorkerCommand & { do: 'open' }): Promise<OpenReply> {
    const door = checkPort === undefined ? undefined : this.#checks.makeDoor(checkPort)
    if (checkPort !== undefined && !door) return 'portInUse'
    const leg = this.#makeLeg(id, peerAddress, door)
    if (!ports || (await leg.audio.transport.openPorts(ports.address, ports.rtpPort))) return 'opened'
    if (this.#legs.get(id) === leg) this.#legs.delete(id)
    leg.close(this.#nowMs())
    return 'portInUse'
  }

  #openReserved({ leg, ports, peerAddress }: WorkerCommand & { do: 'openReserved' }): void {
    const pair = this.#reserved.take(ports)
    if (pair) this.#makeLeg(leg, peerAddress).audio.transport.usePorts(pair)
  }

  /** @param door of a check port; absent: the shared one */
  #makeLeg(id: MediaLegId, peerAddress: string | undefined, door?: StreamDoor): WorkerLeg {
    this.#legs.get(id)?.close(this.#nowMs())
    if (door) this.#checks.takeDoor(id, door)
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
        broke: (error) => tellBroken(event, id, error),
      },
      wallClock: steadyWallMs,
      wallOf: steadyWallOf,
      random: this.#random,
      silentAfterMs: this.#options.silentAfterMs ?? 10_000,
      ...(door && { reportIntervalMs: checkReportMs }),
    })
    const listener: WorkerLegListener = {
      playEnded: () => event({ tell: 'event', event: { kind: 'playEnded', leg: id } }),
      digit,
      fax: (tone) => event({ tell: 'event', event: { kind: 'fax', leg: id, tone } }),
    }
    const leg = new WorkerLeg({ id, number: ++this.#made, audio, listener, ticks: this.#ticks })
    if (this.isIdle) this.#nextTickMs = this.#nowMs()
    this.#legs.set(id, leg)
    return leg
  }

  #configure(id: MediaLegId, agreed: AgreedAudio, nowMs: number): void {
    // Should it fail, whatever codec is made then tells.
    if (agreed.receive.some(({ codec }) => codec === 'opus')) loadOpus().catch(() => {})
    this.#legs.get(id)?.configure(agreed, nowMs)
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
    const mix = hearing.kind === 'mix' ? this.#mixes.byId.get(hearing.mix) : undefined
    // Undone first: a feed that is put in its place may use the same mix.
    leg.hear({ kind: 'nothing' }, hearNothing(leg.audio))
    if (speaker) leg.hear(hearing, hearLeg(leg.audio, speaker.audio), speaker)
    else if (mix && hearing.kind === 'mix') leg.hear(hearing, joinConference(leg.audio, mix, hearing))
    else if (hearing.kind === 'echo') leg.hear(hearing, hearEcho(leg.audio))
  }

  #play(id: MediaLegId, source: Source, isLooped: boolean): void {
    const { musicPath } = this.#options
    const isMusicFile = source.kind === 'music' && musicPath !== undefined
    const wanted: Source = isMusicFile ? { kind: 'file', path: musicPath } : source
    const loop = isLooped || isMusicFile
    this.#legs.get(id)?.play(wanted, loop, (sampleRate) =>
      openSource(wanted, sampleRate, {
        loop,
        onUnplayable: (reason) => tellUnplayable(this.#tell, id, wanted, reason),
      }),
    )
  }

  #createMix(id: MixId): void {
    if (this.isIdle) this.#nextTickMs = this.#nowMs()
    this.#mixes.create(id)
  }

  #releaseMix(mix: MixId): void {
    for (const { id, hearing } of this.#legs.values()) {
      if (hearing.kind === 'mix' && hearing.mix === mix) this.#hear(id, { kind: 'nothing' })
    }
    this.#recordings.endOf(mix)
    this.#mixes.release(mix)
  }

  #lastAudio({ part, parts }: { part: number; parts: number }): Map<MediaLegId, number> {
    const last = new Map<MediaLegId, number>()
    for (const { id, number, audio } of this.#legs.values()) {
      if (number % parts !== part) continue
      const { lastAudioAtMs } = audio
      if (lastAudioAtMs !== undefined) last.set(id, toShared(lastAudioAtMs))
    }
    return last
  }

  #release(request: number, id: MediaLegId, nowMs: number): void {
    const leg = this.#legs.get(id)
    if (!leg) return this.#reply(request, undefined)
    const counters = this.#countersOf(leg)
    this.#checks.forgetDoor(id)
    this.#recordings.endOf(id)
    this.#legs.delete(id)
    for (const listener of [...leg.listeners]) this.#hear(listener.id, { kind: 'nothing' })
    leg.close(nowMs)
    this.#network.flush()
    this.#reply(request, counters)
  }

  #countersOf(leg: WorkerLeg | undefined): LegCounters | undefined {
    const counters = countersOf(leg)
    const door = leg && this.#checks.doorOf(leg.id)
    return counters && door ? { ...counters, ...door.figures() } : counters
  }

  #reply(request: number, value: ReplyValue): void {
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
