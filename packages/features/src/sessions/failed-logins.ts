import type { CompanyId, Refusal, UserId } from '@vaxel/base'
import { TooManyRequests } from '@vaxel/contract'
import { type IdentityStore, LoginLimiter, type User } from '@vaxel/core'
import type { Clock } from '@vaxel/base'

/** Told to administrators at so many in a row, and at each doubling. */
const firstTold = 5

/** What was tried. */
export interface Tried {
  /** `password`, `code` or `passkey`. */
  readonly what: 'password' | 'code' | 'passkey'
  /** The login as it was typed, or a user's id: failures are counted by it. */
  readonly key: string
  /** IP literal, or empty where a guess counts the same from everywhere. */
  readonly from: string
  /** For the ledger. */
  readonly address: string
}

/** Counts failed logins, slows down who guesses, and tells administrators in sum. */
export class FailedLogins {
  readonly #limiter: LoginLimiter
  readonly #identity: IdentityStore
  readonly #clock: Clock

  constructor({ clock, identity }: { clock: Clock; identity: IdentityStore }) {
    this.#clock = clock
    this.#identity = identity
    this.#limiter = new LoginLimiter(clock)
  }

  /** Why not yet, if somebody has guessed too often. */
  refuse({ what, key, from }: Tried): Refusal | undefined {
    const waitMs = this.#limiter.waitMs(`${what} ${key}`, from)
    if (waitMs <= 0) return undefined
    return TooManyRequests('Too many wrong logins; try again later.', { retryAfterSeconds: Math.ceil(waitMs / 1000) })
  }

  /** @param meant whose login it was, or at least which company's; for the ledger alone */
  async failed({ what, key, from, address }: Tried, meant: FailedFor | undefined): Promise<void> {
    const count = this.#limiter.failed(`${what} ${key}`, from)
    if (meant === undefined || !isTold(count)) return
    const data = { what, address, count, ...(meant.userId === undefined ? {} : { userId: meant.userId }) }
    const atMs = this.#clock.now()
    await this.#identity.note([{ kind: 'security.loginsFailed', atMs, companyId: meant.companyId, data }])
  }

  succeeded({ what, key, from }: Tried): void {
    this.#limiter.succeeded(`${what} ${key}`, from)
  }
}

interface FailedFor {
  readonly companyId: CompanyId
  readonly userId?: UserId
}

/** Whose login failed, as far as there is somebody. */
export const meantBy = (user: User | undefined, companyId: CompanyId | undefined): FailedFor | undefined => {
  if (user) return { companyId: user.companyId, userId: user.id }
  return companyId === undefined ? undefined : { companyId }
}

function isTold(count: number): boolean {
  if (count < firstTold || count % firstTold !== 0) return false
  const doublings = Math.log2(count / firstTold)
  return Number.isInteger(doublings)
}
