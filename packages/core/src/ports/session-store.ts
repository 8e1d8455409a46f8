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
  /** What the client calls itself (User-Agent), shortened. */
  readonly agent?: string
  /** Held in a cookie. */
  readonly isBrowser?: boolean
  /** How the user proved who they are. */
  readonly means?: readonly LoginMeans[]
  /** When they did so last; the login itself if absent. */
  readonly provenAtMs?: number
  /** What must be done before anything else. */
  readonly needs?: readonly ('new-password' | 'second-factor')[]
}

export type LoginMeans = 'password' | 'code' | 'recovery-code' | 'passkey' | 'sso' | 'set-up'

/** Sessions by the SHA-256 of their token; the token itself is never kept. */
export interface SessionStore {
  /** Resolves when durable; the event `session.created` goes with it. */
  create(session: Session, tokenHash: string): Promise<void>
  find(tokenHash: string): Session | undefined
  /** The last used first. */
  ofUser(userId: UserId): readonly Session[]
  /** What has changed about a session that goes on; nothing when it has ended. */
  change(id: string, patch: Pick<Session, 'provenAtMs' | 'needs'>): Promise<void>
  /** Best effort, at most once a minute for each session. */
  noteUse(id: string, atMs: number): void
  /** Ends one session, or all of a user but one (new password); event `session.ended` for each. */
  end(which: { id: string } | { userId: UserId; except?: string }, reason: string, atMs: number): Promise<number>
  /** The web password's hash (PHC string), if the user has one. */
  passwordHash(userId: UserId): Promise<string | undefined>
  /** The password was made by somebody else, to be changed at the next login. */
  isPasswordTemporary(userId: UserId): Promise<boolean>
  /** A one-time set-up link's token hash; `undefined` takes it back. */
  setSetupToken(token: { hash: string; expiresAtMs: number } | undefined): Promise<void>
  setupToken(): Promise<{ hash: string; expiresAtMs: number } | undefined>
}
