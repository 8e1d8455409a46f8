import type { Clock, RandomBytes, Whereabouts } from '@vaxel/base'
import type {
  ConfigurationWriter,
  Credentials,
  IdentityStore,
  OneTimeCodes,
  OpenIdConnect,
  PasskeyCeremonies,
  SessionStore,
  Tickets,
} from '@vaxel/core'

/** How long sessions last. */
export interface SessionLifetimes {
  /** A session ends after this long, used or not. */
  readonly lifetimeMs: number
  /** A session that is not used ends. */
  readonly idleMs: number
}

export const usualLifetimes: SessionLifetimes = { lifetimeMs: 30 * 24 * 3_600_000, idleMs: 7 * 24 * 3_600_000 }

/** What logins work with. */
export interface SessionDependencies {
  readonly configuration: ConfigurationWriter
  readonly sessions: SessionStore
  readonly identity: IdentityStore
  readonly credentials: Credentials
  readonly codes: OneTimeCodes
  readonly passkeys: PasskeyCeremonies
  readonly tickets: Tickets
  readonly openId: OpenIdConnect
  readonly clock: Clock
  readonly random: RandomBytes
  readonly lifetimes?: SessionLifetimes
}

/** Where a login comes from. */
export interface LoginPlace extends Whereabouts {
  readonly agent: string | undefined
  /** The session will be held in a cookie. */
  readonly isBrowser: boolean
}
