import {
  type Clock,
  type CompanyId,
  makeId,
  type RandomBytes,
  type Refusal,
  randomToken,
  type UserId,
} from '@vaxel/base'
import { NotAuthenticated, NotFound, type Principal, TooManyRequests, WrongLogin } from '@vaxel/contract'
import type { ConfigurationWriter, Credentials, Session, SessionStore, User } from '@vaxel/core'
import { LoginLimiter } from './login-limiter.ts'
import { LoginTurns } from './login-turns.ts'

/** A session ends after this long, used or not. */
const lifetimeMs = 30 * 24 * 3_600_000
/** A session that is not used ends. */
const idleMs = 7 * 24 * 3_600_000
/** Of the form of an id, and given to no user. */
const nobody = '0000000000000000000000' as UserId
/** 260 bits. */
const tokenLength = 52

export interface SessionDependencies {
  readonly configuration: ConfigurationWriter
  readonly sessions: SessionStore
  readonly credentials: Credentials
  readonly clock: Clock
  readonly random: RandomBytes
}

/** A new session with its token, which nobody can read again. */
export interface Login {
  readonly token: string
  readonly session: Session
  readonly user: User
}

/** Logins: who may act, for how long, and as whom. */
export class SessionService {
  readonly #around: SessionDependencies
  readonly #limiter: LoginLimiter
  readonly #turns = new LoginTurns()

  constructor(dependencies: SessionDependencies) {
    this.#around = dependencies
    this.#limiter = new LoginLimiter(dependencies.clock)
  }

  /** @param login name@domain */
  logIn(login: string, password: string, address: string): Promise<Login | Refusal> {
    const key = login.trim().toLowerCase()
    return this.#turns.run(`${key} ${address}`, () => this.#logIn(key, password, address))
  }

  async #logIn(key: string, password: string, address: string): Promise<Login | Refusal> {
    const refused = this.#refuseGuessing(key, address)
    if (refused) return refused
    const at = key.lastIndexOf('@')
    const user = this.#around.configuration.current.userByAddress(key.slice(at + 1), key.slice(0, Math.max(at, 0)))
    if (!(await this.#isPassword(user?.id, password))) {
      this.#limiter.failed(key, address)
      return WrongLogin()
    }
    this.#limiter.succeeded(key, address)
    return this.open(user!, address)
  }

  /** Opens a session for somebody who has proven who they are. */
  async open(user: User, address: string): Promise<Login> {
    const { clock, random, sessions, credentials } = this.#around
    const nowMs = clock.now()
    const token = randomToken(tokenLength, random)
    const session: Session = {
      id: makeId(nowMs, random),
      userId: user.id,
      companyId: user.companyId,
      createdAtMs: nowMs,
      expiresAtMs: nowMs + lifetimeMs,
      usedAtMs: nowMs,
      address,
    }
    await sessions.create(session, credentials.hashToken(token))
    return { token, session, user }
  }

  /**
   * Who a token stands for. The operator may act in any company, as its administrator; for everyone else
   * a company that is not theirs is not there.
   */
  authenticate(token: string, wanted: { companyId?: string }): Principal | Refusal {
    const { clock, sessions, credentials, configuration } = this.#around
    const session = sessions.find(credentials.hashToken(token))
    const user = session && configuration.current.user(session.userId)
    const nowMs = clock.now()
    if (!session || !user || nowMs >= session.expiresAtMs || nowMs - session.usedAtMs > idleMs)
      return NotAuthenticated()
    sessions.noteUse(session.id, nowMs)
    const isOperator = configuration.current.isOperator(user.id)
    const own = { sessionId: session.id, userId: user.id, companyId: user.companyId, role: user.role, isOperator }
    const { companyId } = wanted
    if (companyId === undefined || companyId === user.companyId) return own
    const exists = configuration.current.company(companyId as CompanyId) !== undefined
    return isOperator && exists ? { ...own, companyId, role: 'administrator' } : NotFound()
  }

  async end(sessionId: string): Promise<void> {
    await this.#around.sessions.end({ id: sessionId }, 'logged out', this.#around.clock.now())
  }

  /** The current password is asked for again, and guessing it is slowed down like a login. */
  async changePassword(
    principal: Principal,
    current: string,
    password: string,
    address: string,
  ): Promise<Refusal | undefined> {
    return this.#turns.run(`${principal.userId} ${address}`, () =>
      this.#changePassword(principal, current, password, address),
    )
  }

  async #changePassword(
    principal: Principal,
    current: string,
    password: string,
    address: string,
  ): Promise<Refusal | undefined> {
    const { configuration, credentials, sessions, clock } = this.#around
    const userId = principal.userId as UserId
    const refused = this.#refuseGuessing(userId, address)
    if (refused) return refused
    if (!(await this.#isPassword(userId, current))) {
      this.#limiter.failed(userId, address)
      return WrongLogin('The current password is wrong.')
    }
    const hash = await credentials.hashPassword(password)
    const refusal = await configuration.change({ by: `user:${userId}`, address }, (now) => {
      const user = now.user(userId)
      return user ? [{ kind: 'password', after: { userId, companyId: user.companyId, hash } }] : NotFound()
    })
    if (refusal) return refusal
    await sessions.end({ userId, except: principal.sessionId }, 'password changed', clock.now())
    return undefined
  }

  #refuseGuessing(key: string, address: string): Refusal | undefined {
    const waitMs = this.#limiter.waitMs(key, address)
    if (waitMs <= 0) return undefined
    return TooManyRequests('Too many wrong logins; try again later.', { retryAfterSeconds: Math.ceil(waitMs / 1000) })
  }

  /** For nobody the same is looked up and hashed as for somebody, so that time does not tell who exists. */
  async #isPassword(userId: UserId | undefined, password: string): Promise<boolean> {
    const { sessions, credentials } = this.#around
    const hash = await sessions.passwordHash(userId ?? nobody)
    return credentials.verifyPassword(password, hash)
  }
}
