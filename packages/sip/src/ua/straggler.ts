import type { SipRequest, SipResponse } from '../message/sip-message.ts'
import { serialize } from '../message/serialize.ts'
import type { ClientUser } from '../transaction/client-transaction.ts'
import { makeCancel } from '../transaction/make-hop-requests.ts'
import type { TransactionLayer } from '../transaction/transaction-layer.ts'
import type { Flow } from './transport.ts'

const nobody: ClientUser = { onResponse: () => {}, onTransactionEnd: () => {} }

/**
 * An INVITE that was given up without a CANCEL, which needs a provisional response first (RFC 3261 §9.1). Should its peer wake up after all,
 * it is cancelled at once, so that nobody rings for a call that went elsewhere; a 2xx is for whoever ends what it began.
 */
export class Straggler implements ClientUser {
  readonly #transactions: TransactionLayer
  readonly #invite: SipRequest
  readonly #flow: Flow
  readonly #onSuccess: (response: SipResponse) => void
  #isCancelled = false

  constructor(
    transactions: TransactionLayer,
    invite: SipRequest,
    flow: Flow,
    onSuccess: (response: SipResponse) => void,
  ) {
    this.#transactions = transactions
    this.#invite = invite
    this.#flow = flow
    this.#onSuccess = onSuccess
  }

  onResponse(response: SipResponse): void {
    if (response.status >= 200) return response.status < 300 ? this.#onSuccess(response) : undefined
    if (this.#isCancelled) return
    this.#isCancelled = true
    const cancel = makeCancel(this.#invite)
    this.#transactions.openClient(cancel, serialize(cancel), this.#flow, nobody).start()
  }

  onTransactionEnd(): void {}
}
