import { createHmac } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import type { Clock } from '@vaxel/base'
import {
  isTicketGenuine,
  type MirrorNote,
  mirrorProof,
  mirrorProofHeader,
  mirrorStatus,
  mirrorTicketHeader,
  mirrorUserPrefix,
  readMirrorTicket,
} from '@vaxel/site'
import type { Flow } from '@vaxel/sip'

/** Requests that are mirrored; a check of a site sends a dozen. */
const perCheck = { inAll: 60, eachSecond: 10 }
/** Of all checks together, and tickets that are looked at at all. */
const eachSecond = { mirrored: 100, looked: 500 }
const mostRequestBytes = 4_096
const start = Buffer.from(`INVITE sip:${mirrorUserPrefix}`, 'latin1')

export interface SipMirrorOptions {
  readonly clock: Clock
  /** 32 bytes of a check that runs; undefined for every other. */
  keyOf(checkId: string): Uint8Array | undefined
  send(flow: Flow, bytes: Uint8Array): void
  /** `host:port` that the Contact of answers on that flow names. */
  contactFor(flow: Flow): string
}

interface Used {
  count: number
  second: number
  inSecond: number
}

/**
 * Gives requests of site checks back as they arrived, to show what gateways on the way made of them. Without state but its
 * rates: nothing is resent, no transaction is made. Over UDP an answer is never longer than its request.
 */
export class SipMirror {
  readonly #options: SipMirrorOptions
  readonly #used = new Map<string, Used>()
  #second = 0
  #looked = 0
  #mirrored = 0

  constructor(options: SipMirrorOptions) {
    this.#options = options
  }

  /** Whether it was a request for the mirror, and is done with. Everything else is a stranger's and goes its usual way. */
  takes(flow: Flow, bytes: Uint8Array): boolean {
    if (bytes.length > mostRequestBytes || !begins(bytes)) return false
    const second = Math.floor(this.#options.clock.monotonicMs() / 1000)
    if (second !== this.#second) {
      this.#second = second
      this.#looked = 0
      this.#mirrored = 0
    }
    if (++this.#looked > eachSecond.looked) return false
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
    const ticket = readMirrorTicket(headerOf(text, mirrorTicketHeader) ?? '')
    const key = ticket && this.#options.keyOf(ticket.checkId)
    if (!key || !isTicketGenuine(ticket, (value) => hmac(key, value))) return false
    if (++this.#mirrored > eachSecond.mirrored || !this.#mayUse(ticket.checkId, second)) return true
    const answer = this.#answer(flow, bytes, text, key)
    if (answer) this.#options.send(flow, answer)
    return true
  }

  #mayUse(checkId: string, second: number): boolean {
    // A check that is over has no key any more; what it used is forgotten with the next ones.
    if (this.#used.size > 1_000) for (const id of this.#used.keys()) if (!this.#options.keyOf(id)) this.#used.delete(id)
    const used = this.#used.get(checkId) ?? { count: 0, second, inSecond: 0 }
    this.#used.set(checkId, used)
    if (used.second !== second) {
      used.second = second
      used.inSecond = 0
    }
    used.count++
    used.inSecond++
    return used.count <= perCheck.inAll && used.inSecond <= perCheck.eachSecond
  }

  /** With a Contact where there is room, without where there is not; undefined where even that would be too long. */
  #answer(flow: Flow, bytes: Uint8Array, text: string, key: Uint8Array): Uint8Array | undefined {
    const head = answerHead(flow, text)
    if (!head) return undefined
    const most = flow.protocol === 'udp' ? bytes.length : Number.POSITIVE_INFINITY
    const contact = `<sip:${mirrorUserPrefix.slice(0, -1)}@${this.#options.contactFor(flow)}>`
    for (const given of [contact, undefined]) {
      const note: MirrorNote = { from: { ...flow.remote }, ...(given && { contact: given }) }
      const plain = Buffer.concat([Buffer.from(`${JSON.stringify(note)}\n`), bytes])
      const deflated = deflateRawSync(plain, { level: 9 })
      const body = deflated.toString('base64')
      const whole = [
        ...head,
        ...(given ? [`Contact: ${given}`] : []),
        `${mirrorProofHeader}: ${mirrorProof(deflated, (value) => hmac(key, value))}`,
        'Content-Type: text/plain',
        `Content-Length: ${body.length}`,
        '',
        body,
      ].join('\r\n')
      const answer = Buffer.from(whole, 'latin1')
      if (answer.length <= most) return answer
    }
    return undefined
  }
}

const hmac = (key: Uint8Array, bytes: Uint8Array): Uint8Array => createHmac('sha256', key).update(bytes).digest()

const begins = (bytes: Uint8Array): boolean =>
  bytes.length > start.length && start.every((byte, index) => bytes[index] === byte)

/** First value of a header field that is written out; undefined if it is not there. */
function headerOf(text: string, name: string): string | undefined {
  const end = text.indexOf('\r\n\r\n')
  const head = end < 0 ? text : text.slice(0, end)
  return head
    .split('\r\n')
    .find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
    ?.slice(name.length + 1)
    .trim()
}

/** Status line and the fields that every answer copies (RFC 3261 §8.2.6.2); undefined where one is missing. */
function answerHead(flow: Flow, text: string): string[] | undefined {
  const end = text.indexOf('\r\n\r\n')
  const lines = (end < 0 ? text : text.slice(0, end)).split('\r\n')
  const all = (names: RegExp) => lines.filter((line) => names.test(line))
  const vias = all(/^(via|v)\s*:/i)
  const rest = [/^(from|f)\s*:/i, /^(to|t)\s*:/i, /^(call-id|i)\s*:/i, /^cseq\s*:/i].map((name) => all(name)[0])
  const [from, to, callId, cseq] = rest
  if (vias.length === 0 || !from || !to || !callId || !cseq) return undefined
  const tagged = /;\s*tag\s*=/i.test(to) ? to : `${to};tag=mirror`
  const received = `;received=${flow.remote.address}`
  // RFC 3581 §4: the port goes where it was asked for.
  const top = vias[0]!.replace(/;rport(?=[;,\s]|$)/i, `;rport=${flow.remote.port}`) + received
  return [`SIP/2.0 ${mirrorStatus} Not Acceptable Here`, top, ...vias.slice(1), from, tagged, callId, cseq]
}
