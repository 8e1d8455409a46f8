import type { CallId, Clock, CompanyId } from '@vaxel/base'
import type { CallLedger, TracedMessage } from '@vaxel/core'
import type { Flow, SipRequest, SipResponse } from '@vaxel/sip'

const maxPending = 512
const maxPendingEach = 8
const decoder = new TextDecoder()

/**
 * Keeps every message of a call for its ladder diagram. Messages that come before the call exists (a challenged
 * INVITE) wait in a bounded place under their SIP Call-ID. Credentials and SRTP keys are masked.
 */
export class MessageTrace {
  readonly #ledger: CallLedger
  readonly #clock: Clock
  readonly #known = new Map<string, { callId: CallId; companyId: CompanyId }>()
  readonly #pending = new Map<string, Omit<TracedMessage, 'callId' | 'companyId'>[]>()

  constructor(options: { ledger: CallLedger; clock: Clock }) {
    this.#ledger = options.ledger
    this.#clock = options.clock
  }

  /** Messages with this SIP Call-ID are a call's, from now on and from before. */
  adopt(sipCallId: string, callId: CallId, companyId: CompanyId): void {
    this.#known.set(sipCallId, { callId, companyId })
    for (const message of this.#pending.get(sipCallId) ?? []) this.#ledger.trace({ ...message, callId, companyId })
    this.#pending.delete(sipCallId)
  }

  /** The call has ended; a leg that went over to another call is traced there. */
  forget(sipCallId: string, callId: CallId): void {
    if (this.#known.get(sipCallId)?.callId === callId) this.#known.delete(sipCallId)
  }

  see(direction: 'in' | 'out', message: SipRequest | SipResponse, flow: Flow, bytes: Uint8Array): void {
    const sipCallId = message.callId
    const known = this.#known.get(sipCallId)
    if (!known && message.cseq.method !== 'INVITE') return
    const traced = {
      atMs: this.#clock.now(),
      sipCallId,
      direction,
      protocol: flow.protocol,
      local: `${flow.local.address}:${flow.local.port}`,
      remote: `${flow.remote.address}:${flow.remote.port}`,
      text: maskSecrets(decoder.decode(bytes)),
    }
    if (known) return this.#ledger.trace({ ...traced, ...known })
    let waiting = this.#pending.get(sipCallId)
    if (!waiting) {
      if (this.#pending.size >= maxPending) this.#pending.delete(this.#pending.keys().next().value!)
      waiting = []
      this.#pending.set(sipCallId, waiting)
    }
    if (waiting.length < maxPendingEach) waiting.push(traced)
  }
}

/** Takes digest responses and SDES keys out of a message. */
export function maskSecrets(text: string): string {
  return text
    .replace(/^((?:Proxy-)?Authorization:[^\r\n]*?\bresponse=")[^"]*/gim, '$1…')
    .replace(/^(a=crypto:\S+ \S+ inline:)[^|\s]*/gim, '$1…')
}
