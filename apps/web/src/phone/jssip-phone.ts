import JsSIP from 'jssip'
import { Cell } from '../base/cell.ts'
import { copyOf, JsSipCall, type RtcSession } from './jssip-call.ts'
import type { AudioStream, Registration, SipAccount, SipCall, SipPhone } from './sip-phone.ts'

const registerSeconds = 300
const answerMs = 500
const firstTryMs = 300
const wrongCredentials = new Set([401, 403, 407])

interface NewSession {
  readonly originator: string
  readonly session: RtcSession
  readonly request: { readonly from: { readonly display_name?: string; readonly uri: { readonly user: string } } }
}

/** The part of JsSIP's transport that its interface does not show. */
interface Transport {
  readonly socket: {
    readonly _ws?: WebSocket | null
    _onClose(event: { wasClean: boolean; code: number; reason: string }): void
  }
  isConnected(): boolean
  connect(): void
}

/** JsSIP as the user agent (docs/decisions/0056). */
export class JsSipPhone implements SipPhone {
  readonly registration: Cell<Registration> = new Cell<Registration>({ name: 'off' })
  readonly #instanceId: string
  readonly #userAgent: string
  readonly #defaultSocket: string
  readonly #nowMs: () => number
  readonly #callsOn: () => string | undefined
  readonly #listeners = new Set<(call: SipCall) => void>()
  #ua: InstanceType<typeof JsSIP.UA> | undefined
  #account: SipAccount | undefined
  #isFirstTry = true

  /**
   * @param options `instanceId` of the browser profile, `defaultSocket` where the page came from, `callsOn` the number of a shared line that
   *   calls are made on
   */
  constructor(options: {
    instanceId: string
    userAgent: string
    defaultSocket: string
    nowMs: () => number
    callsOn?: () => string | undefined
  }) {
    this.#instanceId = options.instanceId
    this.#userAgent = options.userAgent
    this.#defaultSocket = options.defaultSocket
    this.#nowMs = options.nowMs
    this.#callsOn = options.callsOn ?? (() => undefined)
  }

  use(account: SipAccount): void {
    const isSamePlace = this.#account && String(this.#account.webSockets) === String(account.webSockets)
    this.#account = account
    if (!this.#ua || !isSamePlace) return this.#begin(account)
    // JsSIP takes these while it runs; the next REGISTER and INVITE use them.
    const set = this.#ua as unknown as { set(name: string, value: unknown): boolean; register(): void }
    set.set('authorization_user', account.username)
    set.set('password', account.password)
    set.register()
  }

  call(target: string, microphone: AudioStream, replaces?: string): SipCall {
    if (!this.#ua || !this.#account) throw new Error('the phone has not begun')
    const extraHeaders = replaces === undefined ? this.#identity() : [`Replaces: ${replaces}`, 'Require: replaces']
    const address = target.includes('@') ? target : `${target}@${this.#account.domain}`
    const own = copyOf(microphone)
    const session = this.#ua.call(`sip:${address.replace(/^sips?:/, '')}`, {
      mediaStream: own,
      mediaConstraints: { audio: true, video: false },
      pcConfig: this.#connectionOptions(),
      extraHeaders,
    }) as unknown as RtcSession
    return this.#wrap(session, 'out', { number: target }, own)
  }

  message(target: string, text: string): void {
    const address = target.includes('@') ? target : `${target}@${this.#account?.domain ?? ''}`
    this.#ua?.sendMessage(`sip:${address}`, text)
  }

  onIncoming(listener: (call: SipCall) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  isAnswering(): Promise<boolean> {
    const webSocket = this.#transport()?.socket._ws
    return new Promise((resolve) => {
      if (webSocket?.readyState !== WebSocket.OPEN) return resolve(false)
      const done = (isThere: boolean) => {
        clearTimeout(timer)
        webSocket.removeEventListener('message', heard)
        resolve(isThere)
      }
      const heard = () => done(true)
      const timer = setTimeout(() => done(false), answerMs)
      webSocket.addEventListener('message', heard)
      webSocket.send('\r\n\r\n')
    })
  }

  reconnect(): Promise<void> {
    const [ua, transport] = [this.#ua, this.#transport()]
    if (!ua || !transport) return Promise.resolve()
    return new Promise((resolve) => {
      ua.once('connected', () => resolve())
      const webSocket = transport.socket._ws
      if (webSocket && transport.isConnected()) {
        // A dead connection's close waits for an answer: nobody waits for it here.
        webSocket.onclose = null
        webSocket.close()
        transport.socket._onClose({ wasClean: false, code: 1006, reason: 'the network has changed' })
      }
      transport.connect()
    })
  }

  leave(): void {
    const ua = this.#ua as unknown as { removeAllListeners(): void; _transport?: { disconnect(): void } } | undefined
    this.#ua = undefined
    ua?.removeAllListeners()
    ua?._transport?.disconnect()
    this.registration.set({ name: 'off' })
  }

  stop(): void {
    this.#ua?.stop()
    this.#ua = undefined
    this.registration.set({ name: 'off' })
  }

  #begin(account: SipAccount): void {
    this.leave()
    const places = account.webSockets.length > 0 ? account.webSockets : [this.#defaultSocket]
    const ua = new JsSIP.UA({
      // The first is preferred; the next is tried when it cannot be reached.
      sockets: places.map((url, i) => ({
        socket: new JsSIP.WebSocketInterface(url),
        weight: places.length - i,
      })) as never,
      uri: account.address,
      authorization_user: account.username,
      password: account.password,
      display_name: account.displayName,
      instance_id: this.#instanceId,
      user_agent: this.#userAgent,
      session_timers: false,
      register_expires: registerSeconds,
      no_answer_timeout: 600,
      connection_recovery_min_interval: 1,
      connection_recovery_max_interval: 2,
    })
    this.#ua = ua
    this.registration.set({ name: 'connecting', sinceMs: this.#nowMs() })
    const on = (ua as unknown as { on(name: string, run: (event: never) => void): void }).on.bind(ua)
    on('registered', () => this.registration.set({ name: 'registered' }))
    on('disconnected', () => this.#lost())
    on('disconnected', () => this.#comeBack(ua))
    on('connected', () => {
      this.#isFirstTry = true
    })
    on('registrationFailed', (event: { response?: { status_code?: number } }) => {
      const status = event.response?.status_code
      if (status === undefined) return this.#lost()
      if (wrongCredentials.has(status)) this.registration.set({ name: 'refused', status, sinceMs: this.#nowMs() })
      else this.#lost()
    })
    on('newRTCSession', ({ originator, session, request }: NewSession) => {
      if (originator !== 'remote') return
      const { display_name: name, uri } = request.from
      const call = this.#wrap(session, 'in', { number: uri.user, ...(name ? { name } : {}) })
      for (const listener of [...this.#listeners]) listener(call)
    })
    ua.start()
  }

  /** The line of a new call (RFC 3325 §6): the server takes it where the line leaves that to its people. */
  #identity(): string[] {
    const line = this.#callsOn()
    return line === undefined || !this.#account ? [] : [`P-Preferred-Identity: <sip:${line}@${this.#account.domain}>`]
  }

  #wrap(session: RtcSession, direction: 'in' | 'out', remote: SipCall['remote'], sent?: MediaStream): SipCall {
    return new JsSipCall({
      sent,
      session,
      direction,
      remote,
      nowMs: this.#nowMs,
      connectionOptions: () => this.#connectionOptions(),
    })
  }

  #connectionOptions(): RTCConfiguration {
    const iceServers = (this.#account?.iceServers ?? []).map(({ urls, ...rest }) => ({ urls: [...urls], ...rest }))
    return { iceServers, bundlePolicy: 'max-bundle' }
  }

  #transport(): Transport | undefined {
    return (this.#ua as unknown as { _transport?: Transport } | undefined)?._transport
  }

  /** JsSIP waits a second at least; the first try is made nearly at once, by each client at a moment of its own. */
  #comeBack(ua: unknown): void {
    if (!this.#isFirstTry) return
    this.#isFirstTry = false
    setTimeout(() => {
      if (this.#ua === ua) this.#transport()?.connect()
    }, Math.random() * firstTryMs)
  }

  #lost(): void {
    const before = this.registration.get()
    if (before.name === 'off' || before.name === 'lost' || before.name === 'refused') return
    this.registration.set({ name: 'lost', sinceMs: this.#nowMs() })
  }
}
