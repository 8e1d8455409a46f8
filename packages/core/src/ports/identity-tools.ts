import type { Refusal } from '@vaxel/base'
import type { Passkey, SsoSettings } from './identity-store.ts'

/** Codes of authenticator apps (TOTP, RFC 6238): six digits, SHA-1, 30 seconds, as every app has it. */
export interface OneTimeCodes {
  /** 160 random bits in base 32. */
  newSecret(): string
  /** `otpauth://totp/…` for a QR code. */
  uri(secret: string, account: string, issuer: string): string
  /** The time step that the code belongs to: now, one before or one after; undefined for none of them. */
  stepOf(secret: string, code: string, nowMs: number): number | undefined
}

/** Where a browser is: WebAuthn binds passkeys to it. */
export interface RelyingParty {
  /** Host name without port. */
  readonly rpId: string
  /** Scheme, host and port. */
  readonly origin: string
}

/** The parts of a browser's answer that are checked, base64url. */
export interface PasskeyAnswer {
  readonly id: string
  readonly clientDataJSON: string
  readonly authenticatorData: string
  readonly signature: string
  readonly userHandle?: string
}

export interface PasskeyCreation {
  readonly id: string
  readonly clientDataJSON: string
  readonly attestationObject: string
  readonly transports?: readonly string[]
}

/** WebAuthn's ceremonies, without any memory. */
export interface PasskeyCeremonies {
  creationOptions(
    at: RelyingParty,
    user: { readonly id: string; readonly login: string; readonly displayName: string },
    known: readonly Passkey[],
  ): Promise<{ readonly challenge: string; readonly options: Record<string, unknown> }>
  verifyCreation(
    at: RelyingParty,
    challenge: string,
    creation: PasskeyCreation,
  ): Promise<
    Pick<Passkey, 'credentialId' | 'publicKey' | 'counter' | 'transports' | 'isBackedUp'> | { readonly wrong: string }
  >
  /** @param known empty: whichever passkey the user chooses, which must check the user itself */
  requestOptions(
    at: RelyingParty,
    known: readonly Passkey[],
  ): Promise<{ readonly challenge: string; readonly options: Record<string, unknown> }>
  /** @param verifiesUser the passkey stands alone, so it must have checked finger, face or PIN */
  verifyAnswer(
    at: RelyingParty,
    challenge: string,
    passkey: Passkey,
    answer: PasskeyAnswer,
    verifiesUser: boolean,
  ): Promise<{ readonly counter: number; readonly isBackedUp: boolean } | { readonly wrong: string }>
}

/**
 * What was begun in one request and ends in another, carried by the client and readable by nobody but this process:
 * strangers can begin as often as they like and nothing is kept for them.
 */
export interface Tickets {
  /** @param purpose what it is for; it opens only for the same */
  seal(value: unknown, purpose: string, lifetimeMs: number): string
  /** Undefined for what is forged, of another purpose, over, or used up. */
  open<T>(ticket: string, purpose: string): T | undefined
  /** It has led to a success and opens no more; false when it had been used up already. */
  useUp(ticket: string): boolean
}

/** The thread of one login at a provider, kept by the browser in a sealed cookie. */
export interface SsoThread {
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
}

/** What a provider says of a person, checked. */
export interface SsoPerson {
  readonly issuer: string
  readonly subject: string
  readonly claims: Readonly<Record<string, unknown>>
}

/** OpenID Connect: authorization code with PKCE, state, nonce and issuer checked. */
export interface OpenIdConnect {
  /** Asks the provider for its configuration; a sentence about what is wrong with it. */
  check(settings: SsoSettings, secret: string | undefined): Promise<Refusal | undefined>
  start(
    settings: SsoSettings,
    secret: string | undefined,
    wish: { readonly callbackUrl: string; readonly loginHint?: string },
  ): Promise<{ readonly url: string; readonly thread: SsoThread } | Refusal>
  finish(
    settings: SsoSettings,
    secret: string | undefined,
    answer: { readonly callbackUrl: string; readonly query: string; readonly thread: SsoThread },
  ): Promise<SsoPerson | Refusal>
  logoutUrl(settings: SsoSettings, secret: string | undefined, returnTo: string): Promise<string | undefined>
}
