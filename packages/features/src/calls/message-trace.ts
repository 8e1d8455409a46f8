import { type CallId, type Clock, type CompanyId, OldestFirst } from '@vaxel/base'
import type { CallLedger, TracedMessage } from '@vaxel/core'
import type { Flow, SipRequest, SipResponse } from '@vaxel/sip'

const maxPending = 512
const maxPendingEach = 8

type Waiting = Omit<TracedMessage, 'callId' | 'companyId'>

interface TracedCall {
  readonly callId: CallId
  readonly companyId: CompanyId
}

/** One of our dialogs, as far as its messages tell it from others. */
export interface TracedDialog {
  readonly sipCallId: string
  readonly localTag: string
  /** Tag of From in the INVITE that a peer sent us; messages before our tag is known have no other mark. */
  readonly callerTag: string | undefined
}

/**
 * Keeps every message of a call for its ladder diagram. Messages that come before the call exists (a challenged
 * INVITE) wait in a bounded place. Credentials and SRTP keys are masked.
 * A Call-ID alone tells no dialogs apart: a carrier may hand one company's call to another one as it is.
 */
export class MessageTrace {
  readonly #ledger: CallLedger
  readonly #clock: Clock
  readonly #known = new Map<string, TracedCall>()
  readonly #waiting = new OldestFirst<string, Waiting[]>()

  constructor(options: { ledger: CallLedger; clock: Clock }) {
    this.#ledger = options.ledger
    this.#clock = options.clock
  }

  /** Messages of this dialog are a call's, from now on and from before. */
  adopt(dialog: TracedDialog, callId: CallId, companyId: CompanyId): void {
    for (const key of keysOf(dialog)) {
      this.#known.set(key, { callId, companyId })
      for (const message of this.#waiting.get(key) ?? []) this.#ledger.trace({ ...message, callId, companyId })
      this.#waiting.delete(key)
    }
  }

  /** The call has ended; a leg that went over to another call is traced there. */
  forget(dialog: TracedDialog, callId: CallId): void {
    for (const key of keysOf(dialog)) if (this.#known.get(key)?.callId === callId) this.#known.delete(key)
  }

  see(direction: 'in' | 'out', message: SipRequest | SipResponse, flow: Flow, bytes: Uint8Array): void {
    // No call's dialog has one, and most of what comes are these.
    if (message.cseq.method === 'REGISTER') return
    const tag = ownTag(direction, message)
    let key = tag === undefined ? keyWithoutTag(message) : `${message.callId} ${tag}`
    let known = this.#known.get(key)
    // A refusal without a dialog has a tag of its own; it belongs to the INVITE that it refuses.
    if (!known && tag !== undefined && isOfIncoming(direction, message) && message.cseq.method !== 'BYE') {
      key = keyWithoutTag(message)
      known = this.#known.get(key)
    }
    if (!known && message.cseq.method !== 'INVITE') return
    const traced: Waiting = {
      atMs: this.#clock.now(),
      sipCallId: message.callId,
      direction,
      protocol: flow.protocol,
      local: `${flow.local.address}:${flow.local.port}`,
      remote: `${flow.remote.address}:${flow.remote.port}`,
      text: readable(message, bytes),
    }
    if (known) return this.#ledger.trace({ ...traced, ...known })
    this.#wait(key, traced)
  }

  #wait(key: string, message: Waiting): void {
    let waiting = this.#waiting.get(key)
    if (!waiting) {
      const { size, oldest } = this.#waiting
      if (size >= maxPending && oldest !== undefined) this.#waiting.delete(oldest)
      waiting = []
      this.#waiting.set(key, waiting)
    }
    if (waiting.length < maxPendingEach) waiting.push(message)
  }
}

function keysOf({ sipCallId, localTag, callerTag }: TracedDialog): string[] {
  const own = `${sipCallId} ${localTag}`
  return callerTag === undefined ? [own] : [`${sipCallId} from ${callerTag}`, own]
}

const keyWithoutTag = ({ callId, from }: SipRequest | SipResponse): string => `${callId} from ${from.tag ?? ''}`

/** Our tag of a message's dialog: From in what we ask and in answers to that, else To. */
function ownTag(direction: 'in' | 'out', message: SipRequest | SipResponse): string | undefined {
  return isOfIncoming(direction, message) ? message.to.tag : message.from.tag
}

/** A request of the peer, or our answer to one. */
function isOfIncoming(direction: 'in' | 'out', message: SipRequest | SipResponse): boolean {
  return (direction === 'in') === (message.kind === 'request')
}

/** The message as text without its secrets; few messages have any, and looking for them costs more than reading. */
function readable(message: SipRequest | SipResponse, bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = buffer.toString('utf8')
  const { headers, body } = message
  const mayHoldSecrets =
    headers.has('Authorization') || headers.has('Proxy-Authorization') || (body.length > 0 && text.includes('crypto:'))
  return mayHoldSecrets ? maskSecrets(text) : text
}

/** Takes digest responses and SDES keys out of a message. */
export function maskSecrets(text: string): string {
  return text
    .replace(/^((?:Proxy-)?Authorization:[^\r\n]*?\bresponse=")[^"]*/gim, '$1…')
    .replace(/^(a=crypto:\S+ \S+ inline:)[^|\s]*/gim, '$1…')
}
