import type { Line } from './line.ts'
import { type Challenge, challengeOf, contactUri, credentialsFor, headerOf, repeated, routesOf } from './sip-text.ts'

/** After so long without an answer a request is sent once more, and counts as late: RFC 3261's T1. */
const lateMs = 500
/** After so long it has failed. */
const lostMs = 4_000
const product = 'User-Agent: Vaxel load\r\n'

/** What became of the registrations and calls of one step. */
export interface Tally {
  begun: number
  done: number
  failed: number
  /** Requests that had to be sent again. */
  late: number
  /** First request to final answer of registrations, INVITE to 180 of calls; milliseconds. */
  readonly answeredAfterMs: number[]
  /** Statuses of refusals. */
  readonly refusals: Map<string, number>
}

export const newTally = (): Tally => ({
  begun: 0,
  done: 0,
  failed: 0,
  late: 0,
  answeredAfterMs: [],
  refusals: new Map(),
})

type Stage = 'registering' | 'inviting' | 'talking' | 'clearing'

interface Deed {
  readonly callId: string
  readonly user: string
  readonly target: string
  readonly startedMs: number
  readonly tally: Tally
  readonly holdMs: number
  stage: Stage
  cseq: number
  /** What waits for an answer, and since when. */
  request: string
  sentMs: number
  challenged: boolean
  heardRinging: boolean
  resent: boolean
  /** Dialog of a call. */
  remote: string
  to: string
  routes: string
}

export interface PhoneBankOptions {
  readonly domain: string
  readonly passwordOf: (user: string) => string
  readonly sdp: (of: { callId: string; side: 'caller' | 'callee'; offer: string | undefined }) => string
  /** Told when a leg has its SDP of the server. */
  readonly onSdp?: (of: { callId: string; side: 'caller' | 'callee'; sdp: string }) => void
}

/**
 * Many phones on one line: they register, call each other and answer at once. A deed is done when it has ended well, and
 * failed when it was refused or nothing came for {@link lostMs}.
 */
export class PhoneBank {
  readonly #options: PhoneBankOptions
  readonly #deeds = new Map<string, Deed>()
  readonly #registered = new Map<string, { callId: string; cseq: number }>()
  #line: Line | undefined
  #number = 0
  #branch = 0
  readonly #salt = process.pid.toString(36) + Date.now().toString(36)

  constructor(options: PhoneBankOptions) {
    this.#options = options
  }

  /** The line that what is received comes from; set once. */
  set line(line: Line) {
    this.#line = line
  }

  /** Registrations and calls that have not ended. */
  get open(): number {
    return this.#deeds.size
  }

  /** Nothing waits for an answer: what is open is talking. */
  get isQuiet(): boolean {
    for (const deed of this.#deeds.values()) if (deed.stage !== 'talking') return false
    return true
  }

  register(user: string, tally: Tally): void {
    const before = this.#registered.get(user)
    const callId = before?.callId ?? `r${user}@${this.#salt}`
    const cseq = (before?.cseq ?? 0) + 1
    tally.begun++
    // The phone is still busy with its last one.
    if (this.#deeds.has(callId)) return void tally.failed++
    const deed = this.#begin(callId, user, user, tally, 'registering', 0)
    deed.cseq = cseq
    this.#send(deed, this.#registerText(deed))
  }

  /** @param holdMs from the ACK to the BYE; Infinity: until {@link hangUp} */
  call(user: string, target: string, tally: Tally, holdMs: number): void {
    tally.begun++
    const deed = this.#begin(`c${this.#number++}@${this.#salt}`, user, target, tally, 'inviting', holdMs)
    deed.cseq = 1
    this.#send(deed, this.#inviteText(deed))
  }

  /** Ends every call that is talking. */
  hangUp(): void {
    for (const deed of this.#deeds.values()) if (deed.stage === 'talking') this.#bye(deed)
  }

  /** To be called some times a second: sends again what was not answered, gives up what was lost. */
  look(nowMs: number): void {
    for (const deed of this.#deeds.values()) {
      if (deed.stage === 'talking') continue
      const waitedMs = nowMs - deed.sentMs
      if (waitedMs > lostMs) this.#fail(deed, 'no answer')
      else if (waitedMs > lateMs && !deed.resent) {
        deed.resent = true
        deed.tally.late++
        if (this.#line!.transport === 'UDP') this.#line!.send(deed.request)
      }
    }
  }

  /** One message from the server. */
  receive(message: string): void {
    if (message.startsWith('SIP/2.0 ')) this.#onResponse(message)
    else this.#onRequest(message)
  }

  #begin(callId: string, user: string, target: string, tally: Tally, stage: Stage, holdMs: number): Deed {
    const nowMs = performance.now()
    const deed: Deed = {
      callId,
      user,
      target,
      startedMs: nowMs,
      tally,
      holdMs,
      stage,
      cseq: 1,
      request: '',
      sentMs: nowMs,
      challenged: false,
      heardRinging: false,
      resent: false,
      remote: '',
      to: '',
      routes: '',
    }
    this.#deeds.set(callId, deed)
    return deed
  }

  #send(deed: Deed, request: string): void {
    deed.request = request
    deed.sentMs = performance.now()
    deed.resent = false
    this.#line!.send(request)
  }

  #done(deed: Deed): void {
    this.#deeds.delete(deed.callId)
    deed.tally.done++
  }

  #fail(deed: Deed, why: string): void {
    this.#deeds.delete(deed.callId)
    deed.tally.failed++
    deed.tally.refusals.set(why, (deed.tally.refusals.get(why) ?? 0) + 1)
  }

  #onResponse(message: string): void {
    const deed = this.#deeds.get(headerOf(message, 'Call-ID'))
    if (deed === undefined || Number.parseInt(headerOf(message, 'CSeq'), 10) !== deed.cseq) return
    const status = Number(message.slice(8, 11))
    if (deed.stage === 'registering') return this.#onRegistered(deed, status, message)
    if (deed.stage === 'inviting') return this.#onInvited(deed, status, message)
    if (deed.stage === 'clearing' && status >= 200) return this.#done(deed)
    // The 200 again: its ACK was lost.
    if (deed.stage === 'talking' && status === 200) this.#line!.send(deed.request)
  }

  #onRegistered(deed: Deed, status: number, message: string): void {
    if (status === 200) {
      this.#registered.set(deed.user, { callId: deed.callId, cseq: deed.cseq })
      deed.tally.answeredAfterMs.push(performance.now() - deed.startedMs)
      return this.#done(deed)
    }
    const challenge = status === 401 && !deed.challenged ? challengeOf(message) : undefined
    if (challenge === undefined) return status >= 200 ? this.#fail(deed, String(status)) : undefined
    deed.challenged = true
    deed.cseq++
    this.#send(deed, this.#registerText(deed, challenge))
  }

  #onInvited(deed: Deed, status: number, message: string): void {
    if (status === 180 && !deed.heardRinging) {
      deed.heardRinging = true
      deed.tally.answeredAfterMs.push(performance.now() - deed.startedMs)
    }
    // What was answered provisionally is not sent again (RFC 3261 §17.1.1.2).
    if (status < 200) return void (deed.sentMs = performance.now())
    deed.to = headerOf(message, 'To')
    if (status === 200) return this.#onAnswered(deed, message)
    this.#line!.send(this.#requestText('ACK', this.#uriOf(deed.target), deed, '', deed.request))
    const challenge = status === 407 && !deed.challenged ? challengeOf(message) : undefined
    if (challenge === undefined) return this.#fail(deed, String(status))
    deed.challenged = true
    deed.cseq++
    deed.to = ''
    this.#send(deed, this.#inviteText(deed, challenge))
  }

  #onAnswered(deed: Deed, message: string): void {
    deed.remote = contactUri(message)
    deed.routes = routesOf(message)
    deed.stage = 'talking'
    const ack = this.#requestText('ACK', deed.remote, deed, deed.routes)
    this.#line!.send(ack)
    deed.request = ack
    this.#options.onSdp?.({ callId: deed.callId, side: 'caller', sdp: bodyOf(message) })
    if (deed.holdMs === 0) this.#bye(deed)
    else if (Number.isFinite(deed.holdMs)) setTimeout(() => deed.stage === 'talking' && this.#bye(deed), deed.holdMs)
  }

  #bye(deed: Deed): void {
    deed.stage = 'clearing'
    deed.cseq++
    this.#send(deed, this.#requestText('BYE', deed.remote, deed, deed.routes))
  }

  #onRequest(message: string): void {
    const line = this.#line!
    if (message.startsWith('INVITE ')) {
      const callId = headerOf(message, 'Call-ID')
      const offer = bodyOf(message)
      const same = repeated(message, 'callee')
      line.send(`SIP/2.0 180 Ringing\r\n${same}${this.#contact('callee')}Content-Length: 0\r\n\r\n`)
      const sdp = this.#options.sdp({ callId, side: 'callee', offer })
      line.send(
        `SIP/2.0 200 OK\r\n${same}${this.#contact('callee')}Content-Type: application/sdp\r\nContent-Length: ${sdp.length}\r\n\r\n${sdp}`,
      )
      this.#options.onSdp?.({ callId, side: 'callee', sdp: offer })
      return
    }
    if (message.startsWith('ACK ')) return
    line.send(`SIP/2.0 200 OK\r\n${repeated(message, 'callee')}Content-Length: 0\r\n\r\n`)
    // The server ends a call of ours: it failed.
    const deed = message.startsWith('BYE ') ? this.#deeds.get(headerOf(message, 'Call-ID')) : undefined
    if (deed !== undefined) this.#fail(deed, 'BYE')
  }

  #uriOf(user: string): string {
    return `sip:${user}@${this.#options.domain}`
  }

  #contact(user: string, more = ''): string {
    const transport = this.#line!.transport === 'TLS' ? ';transport=tls' : ''
    return `Contact: <sip:${user}@127.0.0.1:${this.#line!.localPort}${transport}>${more}\r\n`
  }

  #credentials(deed: Deed, method: string, uri: string, challenge: Challenge | undefined): string {
    if (challenge === undefined) return ''
    return credentialsFor(challenge, {
      username: deed.user,
      password: this.#options.passwordOf(deed.user),
      method,
      uri,
    })
  }

  #registerText(deed: Deed, challenge?: Challenge): string {
    const uri = `sip:${this.#options.domain}`
    const more = this.#contact(deed.user, ';expires=3600') + this.#credentials(deed, 'REGISTER', uri, challenge)
    return this.#requestText('REGISTER', uri, deed, more)
  }

  #inviteText(deed: Deed, challenge?: Challenge): string {
    const uri = this.#uriOf(deed.target)
    const more = this.#contact(deed.user) + this.#credentials(deed, 'INVITE', uri, challenge)
    const sdp = this.#options.sdp({ callId: deed.callId, side: 'caller', offer: undefined })
    return this.#requestText('INVITE', uri, deed, `${more}Content-Type: application/sdp\r\n`, undefined, sdp)
  }

  /** @param sameBranch the INVITE whose refusal an ACK is for (RFC 3261 §17.1.1.3) */
  #requestText(method: string, uri: string, deed: Deed, more: string, sameBranch?: string, body = ''): string {
    const { transport, localPort } = this.#line!
    const via =
      sameBranch === undefined
        ? `SIP/2.0/${transport} 127.0.0.1:${localPort};branch=z9hG4bK${this.#branch++}${this.#salt};rport`
        : headerOf(sameBranch, 'Via')
    const to = deed.to === '' ? `<${this.#uriOf(deed.target)}>` : deed.to
    return `${method} ${uri} SIP/2.0\r\nVia: ${via}\r\nMax-Forwards: 70\r\nFrom: <${this.#uriOf(deed.user)}>;tag=caller\r\nTo: ${to}\r\nCall-ID: ${deed.callId}\r\nCSeq: ${deed.cseq} ${method}\r\n${product}${more}Content-Length: ${body.length}\r\n\r\n${body}`
  }
}

const bodyOf = (message: string): string => message.slice(message.indexOf('\r\n\r\n') + 4)
