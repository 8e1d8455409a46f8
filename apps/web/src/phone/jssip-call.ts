import { Cell } from '../base/cell.ts'
import { readFigures, type StatisticsBefore } from './read-figures.ts'
import type { AudioStream, DialogId, LineFigures, SipCall, SipCallState, SipEnd } from './sip-phone.ts'

/** The part of JsSIP's RTCSession that is used here. */
export interface RtcSession {
  readonly id: string
  readonly connection: RTCPeerConnection | null
  readonly _dialog?: {
    readonly id?: { readonly call_id: string; readonly local_tag: string; readonly remote_tag: string }
  } | null
  readonly _earlyDialogs?: Readonly<
    Record<
      string,
      { readonly id: { readonly call_id: string; readonly local_tag: string; readonly remote_tag: string } }
    >
  >
  on(name: string, run: (event: SessionEvent) => void): void
  answer(options: object): void
  terminate(options?: object): void
  hold(): boolean
  unhold(): boolean
  mute(options: { audio: boolean }): void
  unmute(options: { audio: boolean }): void
  sendDTMF(tones: string, options: object): void
  refer(target: string, options: object): void
  renegotiate(options: object, done?: () => void): boolean
  isInProgress(): boolean
  isEnded(): boolean
}

interface SessionEvent {
  readonly originator?: string
  readonly cause?: string
  readonly message?: { readonly status_code?: number; readonly body?: string } | null
  readonly response?: { readonly status_code?: number; readonly body?: string }
  readonly peerconnection?: RTCPeerConnection
  readonly ready?: () => void
  readonly request?: unknown
}

/** The server needs no candidates, and a dead STUN server must cost nothing (docs/decisions/0052). */
const gatheringMs = 200
const digitMs = 160
const digitGapMs = 70
const brokenCauses = new Set(['Connection Error', 'Request Timeout', 'Dialog Error', 'RTP Timeout'])

/** An offer is answered within this, or the connection is gone. */
const offerAgainMs = 50
const mostOfferTries = 200

/** One call through JsSIP. */
export class JsSipCall implements SipCall {
  /** Whether the other side was last asked to wait. */
  #wantsHeld = false
  readonly id: string
  readonly direction: 'in' | 'out'
  readonly remote: SipCall['remote']
  readonly state: Cell<SipCallState>
  readonly heard = new Cell<AudioStream | undefined>(undefined)
  readonly isMuted = new Cell(false)
  readonly isPathFine = new Cell(true)
  readonly session: RtcSession
  readonly #nowMs: () => number
  readonly #connectionOptions: () => RTCConfiguration
  #before: StatisticsBefore | undefined
  #sent: MediaStream | undefined

  constructor(options: {
    session: RtcSession
    direction: 'in' | 'out'
    remote: SipCall['remote']
    nowMs: () => number
    connectionOptions: () => RTCConfiguration
    /** What an outgoing call says; ended with it. */
    sent?: MediaStream | undefined
  }) {
    this.#sent = options.sent
    this.session = options.session
    this.id = options.session.id
    this.direction = options.direction
    this.remote = options.remote
    this.#nowMs = options.nowMs
    this.#connectionOptions = options.connectionOptions
    this.state = new Cell<SipCallState>(options.direction === 'in' ? { name: 'incoming' } : { name: 'calling' })
    this.#follow()
  }

  dialog(): DialogId | undefined {
    const { _dialog, _earlyDialogs } = this.session
    const id = _dialog?.id ?? Object.values(_earlyDialogs ?? {})[0]?.id
    return id && { callId: id.call_id, localTag: id.local_tag, remoteTag: id.remote_tag }
  }

  answer(microphone: AudioStream): void {
    this.#sent = copyOf(microphone)
    this.session.answer({
      mediaStream: this.#sent,
      mediaConstraints: { audio: true, video: false },
      pcConfig: this.#connectionOptions(),
    })
  }

  reject(status: number, reason?: string): void {
    const text = reason?.replace(/[^\x20-\x7e]/g, '').slice(0, 100)
    this.session.terminate({ status_code: status, ...(text ? { reason_phrase: text } : {}) })
  }

  hangUp(): void {
    if (!this.session.isEnded()) this.session.terminate()
  }

  hold(): void {
    this.#wantHeld(true)
  }

  retrieve(): void {
    this.#wantHeld(false)
  }

  mute(isMuted: boolean): void {
    if (isMuted) this.session.mute({ audio: true })
    else this.session.unmute({ audio: true })
    this.isMuted.set(isMuted)
  }

  sendDigits(digits: string): void {
    this.session.sendDTMF(digits, { transportType: 'RFC2833', duration: digitMs, interToneGap: digitGapMs })
  }

  transfer(target: string): Promise<void> {
    return this.#refer(target, {})
  }

  join(other: SipCall): Promise<void> {
    return this.#refer(other.remote.number, { replaces: (other as JsSipCall).session })
  }

  async sendAudio(stream: AudioStream): Promise<void> {
    const own = copyOf(stream)
    const [track] = own.getAudioTracks()
    const sender = this.session.connection?.getSenders().find(({ track: sent }) => sent?.kind === 'audio')
    if (!track || !sender) return
    track.enabled = !this.isMuted.get()
    await sender.replaceTrack(track)
    stopTracks(this.#sent)
    this.#sent = own
  }

  restartIce(): Promise<boolean> {
    return new Promise((resolve) => {
      const isUnderWay = this.session.renegotiate({ rtcOfferConstraints: { iceRestart: true } }, () => resolve(true))
      if (!isUnderWay) resolve(false)
    })
  }

  async figures(): Promise<LineFigures | undefined> {
    const report = await this.session.connection?.getStats()
    if (!report) return undefined
    const { figures, before } = readFigures([...report.values()], this.#before)
    this.#before = before
    return figures
  }

  async packetsReceived(): Promise<number | undefined> {
    const report = await this.session.connection?.getStats()
    if (!report) return undefined
    const entries = [...report.values()] as { readonly type: string; readonly packetsReceived?: number }[]
    // Firefox has no entry of the transport: what was heard counts there.
    const found = entries.find(({ type }) => type === 'transport') ?? entries.find(({ type }) => type === 'inbound-rtp')
    return found?.packetsReceived
  }

  #refer(target: string, options: object): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = () => reject(new Error('the transfer was refused'))
      this.session.refer(target, {
        ...options,
        eventHandlers: { accepted: () => resolve(), failed: fail, requestFailed: fail },
      })
    })
  }

  #follow(): void {
    const { session } = this
    const on = session.on.bind(session)
    let timer: ReturnType<typeof setTimeout> | undefined
    on('icecandidate', ({ ready }) => {
      timer ??= setTimeout(() => {
        timer = undefined
        ready?.()
      }, gatheringMs)
    })
    const listen = (connection: RTCPeerConnection) => {
      connection.addEventListener('track', ({ streams, track }) =>
        this.heard.set(streams[0] ?? new MediaStream([track])),
      )
      preferCodecs(connection)
      connection.addEventListener('iceconnectionstatechange', () => {
        const { iceConnectionState: state } = connection
        if (state === 'disconnected' || state === 'failed') this.isPathFine.set(false)
        else if (state === 'connected' || state === 'completed') this.isPathFine.set(true)
      })
    }
    if (session.connection) listen(session.connection)
    else on('peerconnection', ({ peerconnection }) => peerconnection && listen(peerconnection))
    on('progress', ({ originator, response }) => {
      if (originator !== 'local' && this.state.get().name !== 'incoming')
        this.state.set({ name: 'ringing', hasEarlyMedia: Boolean(response?.body) })
    })
    on('confirmed', () => {
      if (this.state.get().name !== 'connected')
        this.state.set({ name: 'connected', sinceMs: this.#nowMs(), isHeld: false, isHeldByThem: false })
    })
    on('hold', ({ originator }) => this.#held(originator, true))
    on('unhold', ({ originator }) => this.#held(originator, false))
    on('ended', (event) => this.#end({ ...event, message: null }))
    on('failed', (event) => this.#end(event))
  }

  /**
   * Tells the other side as soon as it can be told: while an offer is under way, no other one may be made (RFC 3264 §4), and
   * the library forgets what it was asked. Of several wishes the last one counts.
   */
  #wantHeld(isHeld: boolean): void {
    this.#wantsHeld = isHeld
    let triesLeft = mostOfferTries
    const offer = (): void => {
      const state = this.state.get()
      if (this.#wantsHeld !== isHeld || state.name !== 'connected' || state.isHeld === isHeld) return
      if (isHeld ? this.session.hold() : this.session.unhold()) return
      triesLeft -= 1
      if (triesLeft > 0) setTimeout(offer, offerAgainMs)
    }
    offer()
  }

  #held(originator: string | undefined, isHeld: boolean): void {
    this.state.update((state) => {
      if (state.name !== 'connected') return state
      return originator === 'local' ? { ...state, isHeld } : { ...state, isHeldByThem: isHeld }
    })
  }

  #end({ originator, cause, message }: SessionEvent): void {
    const status = message?.status_code
    const end: SipEnd = {
      by: originator === 'local' ? 'us' : originator === 'remote' ? 'them' : 'network',
      ...(status === undefined ? {} : { status }),
      ...(cause !== undefined && brokenCauses.has(cause) ? { isBroken: true } : {}),
    }
    stopTracks(this.#sent)
    this.state.set({ name: 'ended', end })
  }
}

/** A copy whose tracks are switched and stopped by themselves. */
export const copyOf = (stream: AudioStream): MediaStream =>
  new MediaStream((stream as MediaStream).getAudioTracks().map((track) => track.clone()))

function stopTracks(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop()
}

/** Opus, then G.711: what all that we meet can, in the order of how it sounds. */
function preferCodecs(connection: RTCPeerConnection): void {
  const order = ['audio/opus', 'audio/pcma', 'audio/pcmu', 'audio/telephone-event']
  const codecs = globalThis.RTCRtpReceiver?.getCapabilities?.('audio')?.codecs
  if (!codecs) return
  const chosen = order.flatMap((type) => codecs.filter(({ mimeType }) => mimeType.toLowerCase() === type))
  for (const transceiver of connection.getTransceivers())
    if (transceiver.receiver.track.kind === 'audio') transceiver.setCodecPreferences?.(chosen)
}
