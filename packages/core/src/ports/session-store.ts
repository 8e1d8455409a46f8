import type { CompanyId, UserId } from '@vaxel/base'

/** A login: whoever holds its token acts as that user until it expires. */
export interface Session {
  readonly id: string
  readonly userId: UserId
  readonly companyId: CompanyId
  readonly createdAtMs: number
  /** The end, whatever happens. */
  readonly expiresAtMs: number
  /** Last use as far as it has been noted (at most a minute behind). */
  readonly usedAtMs: number
  /** IP literal of the login. */
  readonly address?: string
}

/** Sessions by the SHA-256 of their token; the token itself is never kept. */
export interface SessionStore {
  /** Resolves when durable; the event `session.created` goes with it. */
  create(session: Session, tokenHash: string): Promise<void>
  find(tokenHash: string): Session | undefined
  /** Best effort, at most once a minute for each session. */
  noteUse(id: string, atMs: number): void
  /** Ends one session, or all of a user but one (new password); event `session.ended` for each. */
  end(which: { id: string } | { userId: UserId; except?: string }, reason: string, atMs: number): Promise<number>
  /** The web password's hash (PHC string), if the user has one. */
  passwordHash(userId: UserId): Promise<string | undefined>
  /** A one-time set-up link's token hash; `undefined` takes it back. */
  setSetupToken(token: { hash: string; expiresAtMs: number } | undefined): Promise<void>
  setupToken(): Promise<{ hash: string; expiresAtMs: number } | undefined>
}
