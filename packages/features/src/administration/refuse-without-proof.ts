import type { Refusal } from '@vaxel/base'
import { type Principal, ProofNeeded } from '@vaxel/contract'

/** What of a user gives power over others. */
interface Powers {
  readonly role?: string | null
  readonly password?: string
}

type Wish = Powers | { readonly create: Powers } | { readonly change: Powers }

/**
 * Whoever makes an administrator, or sets somebody's password, in a browser must have proven within the last ten minutes who
 * they are: a screen that somebody has walked away from should not be enough.
 */
export function refuseWithoutProof({ isBrowser, isFresh }: Principal, wish: Wish): Refusal | undefined {
  const { role, password } = 'create' in wish ? wish.create : 'change' in wish ? wish.change : wish
  const isDangerous = role === 'administrator' || password !== undefined
  return isDangerous && isBrowser === true && isFresh === false ? ProofNeeded() : undefined
}
