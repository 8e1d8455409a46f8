import { type Api, ApiFault } from '../api/api.ts'
import type { PageClock } from '../app/app.ts'
import type { PhoneProblem } from './phone-state.ts'
import type { SipAccount, SipPhone } from './sip-phone.ts'

export interface AccountDependencies {
  readonly phone: Pick<SipPhone, 'use'>
  readonly api: Api
  readonly clock: PageClock
  /** Of this browser profile. */
  readonly instanceId: string
  readonly clientVersion: string
  /** Whether this page is still the one that telephones. */
  readonly isWanted: () => boolean
  /** Whether nothing was registered yet. */
  readonly isOff: () => boolean
  readonly problem: (problem: PhoneProblem | undefined) => void
  /** The first identity of this page is in use. */
  readonly opened: () => Promise<void>
}

const askAgainMs = 5000
const renewBeforeMs = 15 * 60_000

/** The SIP identity that the server lends to this page: asked for, renewed in time, asked for again where that failed. */
export class PhoneAccount {
  readonly #around: AccountDependencies
  #current: SipAccount | undefined
  #stopRenewal = () => {}

  constructor(dependencies: AccountDependencies) {
    this.#around = dependencies
  }

  get current(): SipAccount | undefined {
    return this.#current
  }

  /** @param wish whether another softphone of the user is to be signed off for this one */
  async open(wish: { readonly takeOver?: boolean } = {}): Promise<void> {
    const { api, phone, instanceId, clientVersion } = this.#around
    try {
      const account = await api.call('openPhone', { body: { instanceId, clientVersion, ...wish } })
      if (!this.#around.isWanted()) return
      const isFirst = this.#current === undefined || this.#around.isOff()
      this.#current = account
      this.#around.problem(undefined)
      phone.use(account)
      this.#renewBefore(Date.parse(account.expiresAt))
      if (isFirst) await this.#around.opened()
    } catch (error) {
      this.#openFailed(error)
    }
  }

  /** The registrar refused it: another is asked for in a while. */
  refused(): void {
    this.stop()
    this.#openIn(askAgainMs)
  }

  /** Nothing is asked for any more. */
  stop(): void {
    this.#stopRenewal()
  }

  #openFailed(error: unknown): void {
    if (!(error instanceof ApiFault)) throw error
    const { problem } = this.#around
    if (error.code === 'PHONE_ELSEWHERE') return problem({ name: 'elsewhere', text: error.detail ?? '' })
    if (error.code === 'PHONE_CLIENT_TOO_OLD') return problem({ name: 'tooOld' })
    problem({ name: 'unreachable' })
    this.stop()
    if (error.isPassing) this.#openIn(askAgainMs)
  }

  #renewBefore(expiresAtMs: number): void {
    this.stop()
    const inMs = Math.max(askAgainMs, expiresAtMs - renewBeforeMs - this.#around.clock.nowMs())
    // A timer of the browser holds some 24 days at most.
    this.#openIn(Math.min(inMs, 2 ** 31 - 1))
  }

  #openIn(inMs: number): void {
    this.#stopRenewal = this.#around.clock.startTimer(inMs, () => void this.open())
  }
}
