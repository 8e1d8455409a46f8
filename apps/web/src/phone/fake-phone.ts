import { Cell } from '../base/cell.ts'
import type { AudioPort, Ringing } from './audio-port.ts'
import type {
  AudioStream,
  DialogId,
  LineFigures,
  Registration,
  SipAccount,
  SipCall,
  SipCallState,
  SipEnd,
  SipPhone,
} from './sip-phone.ts'

let made = 0

/** A call without a network: the test says what the other side does, and reads what this side asked for. */
export class FakeCall implements SipCall {
  readonly id = `call-${++made}`
  readonly direction: 'in' | 'out'
  readonly remote: SipCall['remote']
  /** Of an outgoing call: the dialog whose place it takes. */
  readonly replaces: string | undefined
  readonly state: Cell<SipCallState>
  readonly heard = new Cell<AudioStream | undefined>(undefined)
  readonly isMuted = new Cell(false)
  readonly isPathFine = new Cell(true)
  /** What was asked of the call, in order: `answer`, `reject 486`, `digits 12#`. */
  readonly asked: string[] = []
  sent: AudioStream | undefined
  /** What a restart of ICE comes to. */
  restarts = true
  refusesTransfer = false
  line: LineFigures | undefined
  readonly #nowMs: () => number

  constructor(options: { direction: 'in' | 'out'; remote: SipCall['remote']; nowMs: () => number; replaces?: string }) {
    this.direction = options.direction
    this.remote = options.remote
    this.replaces = options.replaces
    this.#nowMs = options.nowMs
    this.state = new Cell<SipCallState>(options.direction === 'in' ? { name: 'incoming' } : { name: 'calling' })
  }

  /** The other side. */
  ring(hasEarlyMedia = false): void {
    this.state.set({ name: 'ringing', hasEarlyMedia })
  }

  /** The call is up: both hear each other. */
  connect(): void {
    this.state.set({ name: 'connected', sinceMs: this.#nowMs(), isHeld: false, isHeldByThem: false })
    this.heard.set(`heard of ${this.id}`)
  }

  end(end: SipEnd = { by: 'them' }): void {
    this.state.set({ name: 'ended', end })
  }

  dialog(): DialogId {
    return { callId: `${this.id}@page`, localTag: 'own', remoteTag: 'server' }
  }

  answer(microphone: AudioStream): void {
    this.asked.push('answer')
    this.sent = microphone
    this.connect()
  }

  reject(status: number): void {
    this.asked.push(`reject ${status}`)
    this.end({ by: 'us', status })
  }

  hangUp(): void {
    this.asked.push('hangUp')
    this.end({ by: 'us' })
  }

  hold(): void {
    this.#held(true)
  }

  retrieve(): void {
    this.#held(false)
  }

  mute(isMuted: boolean): void {
    this.asked.push(isMuted ? 'mute' : 'unmute')
    this.isMuted.set(isMuted)
  }

  sendDigits(digits: string): void {
    this.asked.push(`digits ${digits}`)
  }

  async transfer(target: string): Promise<void> {
    this.asked.push(`transfer ${target}`)
    if (this.refusesTransfer) throw new Error('the transfer was refused')
  }

  async join(other: SipCall): Promise<void> {
    this.asked.push(`join ${other.id}`)
  }

  async sendAudio(stream: AudioStream): Promise<void> {
    this.sent = stream
  }

  async restartIce(): Promise<boolean> {
    this.asked.push('restartIce')
    return this.restarts
  }

  async figures(): Promise<LineFigures | undefined> {
    return this.line
  }

  /** Undefined: nothing is counted. */
  packets: number | undefined

  async packetsReceived(): Promise<number | undefined> {
    return this.packets
  }

  #held(isHeld: boolean): void {
    this.asked.push(isHeld ? 'hold' : 'retrieve')
    this.state.update((state) => (state.name === 'connected' ? { ...state, isHeld } : state))
  }
}

/** A SIP user agent without a network. */
export class FakePhone implements SipPhone {
  readonly registration = new Cell<Registration>({ name: 'off' })
  readonly calls: FakeCall[] = []
  readonly messages: (readonly [target: string, text: string])[] = []
  readonly accounts: SipAccount[] = []
  /** `use`, `reconnect`, `leave`, `stop`, in order. */
  readonly asked: string[] = []
  readonly #listeners = new Set<(call: SipCall) => void>()
  readonly #nowMs: () => number

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /** Somebody calls. */
  incoming(number: string, name?: string): FakeCall {
    const remote = { number, ...(name === undefined ? {} : { name }) }
    const call = new FakeCall({ direction: 'in', remote, nowMs: this.#nowMs })
    this.calls.push(call)
    for (const listener of [...this.#listeners]) listener(call)
    return call
  }

  use(account: SipAccount): void {
    this.asked.push('use')
    this.accounts.push(account)
    this.registration.set({ name: 'registered' })
  }

  call(target: string, microphone: AudioStream, replaces?: string): FakeCall {
    const call = new FakeCall({
      direction: 'out',
      remote: { number: target },
      nowMs: this.#nowMs,
      ...(replaces === undefined ? {} : { replaces }),
    })
    call.sent = microphone
    this.calls.push(call)
    return call
  }

  message(target: string, text: string): void {
    this.messages.push([target, text])
  }

  onIncoming(listener: (call: SipCall) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Whether the server answers over the connection that there is. */
  answers = true

  async isAnswering(): Promise<boolean> {
    return this.answers
  }

  async reconnect(): Promise<void> {
    this.asked.push('reconnect')
    this.answers = true
  }

  leave(): void {
    this.asked.push('leave')
    this.registration.set({ name: 'off' })
  }

  stop(): void {
    this.asked.push('stop')
    this.registration.set({ name: 'off' })
  }
}

/** Microphone and speakers that only say what was asked of them. */
export class FakeAudio implements AudioPort {
  ringing: Ringing = 'none'
  isOpen = false
  /** Set: the browser gives no microphone, for the reason that the name of a DOMException tells. */
  refusal: string | undefined
  microphoneName = 'microphone'
  readonly playing = new Map<string, AudioStream>()

  async microphone(): Promise<AudioStream> {
    if (this.refusal !== undefined) throw Object.assign(new Error(this.refusal), { name: this.refusal })
    this.isOpen = true
    return this.microphoneName
  }

  releaseMicrophone(): void {
    this.isOpen = false
  }

  play(callId: string, stream: AudioStream): void {
    this.playing.set(callId, stream)
  }

  stop(callId: string): void {
    this.playing.delete(callId)
  }

  ring(ringing: Ringing): void {
    this.ringing = ringing
  }
}
