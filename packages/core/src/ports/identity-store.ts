import type { CompanyId, UserId } from '@vaxel/base'
import type { LedgerEvent } from './call-ledger.ts'
import type { Role } from './directory.ts'

/** What a user has besides the password. */
export interface SecondFactors {
  readonly userId: UserId
  readonly companyId: CompanyId
  /** An authenticator app, by its sealed secret. */
  readonly codes?: {
    readonly sealed: string
    readonly sinceMs: number
    /** The last time step whose code was taken (RFC 6238 §5.2): none of it or before is taken again. */
    readonly lastStep: number
  }
  /** SHA-256 of each recovery code that is left. */
  readonly recoveryHashes: readonly string[]
}

/** A credential of WebAuthn. */
export interface Passkey {
  readonly id: string
  /** base64url, as authenticators know it. */
  readonly credentialId: string
  readonly userId: UserId
  readonly companyId: CompanyId
  /** The host name that it belongs to. */
  readonly rpId: string
  /** COSE key, base64url. */
  readonly publicKey: string
  readonly counter: number
  readonly transports: readonly string[]
  readonly name: string
  readonly createdAtMs: number
  readonly usedAtMs?: number
  readonly isBackedUp: boolean
  /** The counter went back: a copy may be about. */
  readonly isSuspect: boolean
}

export interface IdentityPolicy {
  readonly secondFactor: 'optional' | 'administrators' | 'everyone'
}

/** A company's provider of OpenID Connect. */
export interface SsoSettings {
  readonly companyId: CompanyId
  readonly issuer: string
  readonly clientId: string
  readonly sealedSecret?: string
  /** `2027-01-31` */
  readonly secretExpiresOn?: string
  readonly domains: readonly string[]
  readonly userClaim: 'email' | 'preferred_username'
  readonly createsUsers: boolean
  readonly groupsClaim?: string
  readonly roles: readonly { readonly group: string; readonly role: Role }[]
  readonly isOnlyWay: boolean
  readonly emergencyUserId?: UserId
}

/** Whom a person at the provider is here. */
export interface SsoLink {
  readonly companyId: CompanyId
  readonly issuer: string
  readonly subject: string
  readonly userId: UserId
}

/** A one-time way in that an administrator hands over. */
export interface AccessLink {
  readonly tokenHash: string
  readonly userId: UserId
  readonly companyId: CompanyId
  readonly expiresAtMs: number
}

/**
 * Ways in, in memory and in the database. What is read is what was last given to write, so that two tries at once
 * cannot both use up the same code; each write resolves when it and its events are durable.
 */
export interface IdentityStore {
  secondFactors(userId: UserId): SecondFactors | undefined
  setSecondFactors(next: SecondFactors, events: readonly LedgerEvent[]): Promise<void>
  passkeysOf(userId: UserId): readonly Passkey[]
  passkeyByCredential(credentialId: string): Passkey | undefined
  /** Makes it, or takes the place of the one with this id. */
  putPasskey(passkey: Passkey, events: readonly LedgerEvent[]): Promise<void>
  removePasskeys(ids: readonly string[], events: readonly LedgerEvent[]): Promise<void>
  policy(companyId: CompanyId): IdentityPolicy
  setPolicy(companyId: CompanyId, policy: IdentityPolicy, events: readonly LedgerEvent[]): Promise<void>
  sso(companyId: CompanyId): SsoSettings | undefined
  allSso(): Iterable<SsoSettings>
  putSso(settings: SsoSettings, events: readonly LedgerEvent[]): Promise<void>
  removeSso(companyId: CompanyId, events: readonly LedgerEvent[]): Promise<void>
  ssoLink(companyId: CompanyId, issuer: string, subject: string): SsoLink | undefined
  hasSsoLink(userId: UserId): boolean
  putSsoLink(link: SsoLink, events: readonly LedgerEvent[]): Promise<void>
  /** Takes the place of any before of the same user. */
  putAccessLink(link: AccessLink, events: readonly LedgerEvent[]): Promise<void>
  /** Nothing that was handed over to this user before is good any more. */
  removeAccessLink(userId: UserId): Promise<void>
  /** Finds it and uses it up; of two that come at once, one gets it. */
  takeAccessLink(tokenHash: string): Promise<AccessLink | undefined>
  accessLink(tokenHash: string): AccessLink | undefined
  /** Events that no row goes with. */
  note(events: readonly LedgerEvent[]): Promise<void>
  /** Encrypts a secret of this owner for the database. */
  seal(secret: string, owner: string): string
  /** Throws for what was sealed for another owner or with another key. */
  open(sealed: string, owner: string): string
}
