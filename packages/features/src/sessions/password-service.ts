import { isRefusal, type Refusal, randomToken, type UserId } from '@vaxel/base'
import { LinkNotValid, NotFound, type Principal, WrongLogin } from '@vaxel/contract'
import type { Actor, ConfigurationChange, User } from '@vaxel/core'
import type { SessionDependencies } from './dependencies.ts'
import { type FailedLogins, meantBy } from './failed-logins.ts'
import { LoginTurns } from './login-turns.ts'
import { refusePassword } from './password-rules.ts'
import type { SessionService } from './session-service.ts'

/** Of the form of an id, and given to no user. */
const nobody = '0000000000000000000000' as UserId
const linkMs = 24 * 3_600_000
/** 160 bits. */
const linkLength = 32
/** 80 bits, typed by hand once. */
const madeLength = 16

/** Passwords: proving, changing, and being let in again. */
export class PasswordService {
  readonly #around: SessionDependencies
  readonly #sessions: SessionService
  readonly #failed: FailedLogins
  readonly #turns = new LoginTurns()

  constructor(dependencies: SessionDependencies, sessions: SessionService, failed: FailedLogins) {
    this.#around = dependencies
    this.#sessions = sessions
    this.#failed = failed
  }

  /** Whose login and password these are. @param login name@domain */
  checkLogin(login: string, password: string, address: string): Promise<User | Refusal> {
    const key = login.trim().toLowerCase()
    return this.#turns.run(`${key} ${address}`, async () => {
      const at = key.lastIndexOf('@')
      const domain = key.slice(at + 1)
      const { current } = this.#around.configuration
      const user = current.userByAddress(domain, key.slice(0, Math.max(at, 0)))
      const tried = { what: 'password', key, from: address, address } as const
      const refused = this.#failed.refuse(tried)
      if (refused) return refused
      if (await this.#isPassword(user?.id, password)) {
        this.#failed.succeeded(tried)
        return user!
      }
      await this.#failed.failed(tried, meantBy(user, current.domain(domain)?.companyId))
      return WrongLogin()
    })
  }

  /** Asks somebody who is logged in for the password again; guessing it is slowed down like a login. */
  prove(userId: UserId, password: string, address: string): Promise<Refusal | undefined> {
    return this.#turns.run(`${userId} ${address}`, async () => {
      const tried = { what: 'password', key: userId, from: address, address } as const
      const refused = this.#failed.refuse(tried)
      if (refused) return refused
      if (await this.#isPassword(userId, password)) {
        this.#failed.succeeded(tried)
        return undefined
      }
      await this.#failed.failed(tried, this.#around.configuration.current.user(userId))
      return WrongLogin('The current password is wrong.')
    })
  }

  /** All other sessions end. */
  async change(
    principal: Principal,
    { current, password }: { current: string; password: string },
    address: string,
  ): Promise<Refusal | undefined> {
    const userId = principal.userId as UserId
    const wrong = await this.prove(userId, current, address)
    if (wrong) return wrong
    const refused = await this.set(userId, password, { by: `user:${userId}`, address })
    if (refused) return refused
    await this.#sessions.endAll(userId, 'password changed', principal.sessionId)
    await this.#sessions.fulfilled(principal, 'new-password')
    await this.#sessions.proven(principal.sessionId)
    return undefined
  }

  async set(userId: UserId, password: string, actor: Actor, isTemporary = false): Promise<Refusal | undefined> {
    const { configuration, credentials } = this.#around
    const weak = isTemporary ? undefined : this.#refuseWeak(userId, password)
    if (weak) return weak
    const hash = await credentials.hashPassword(password)
    return configuration.change(actor, (now): readonly ConfigurationChange[] | Refusal => {
      const user = now.user(userId)
      if (!user) return NotFound()
      const after = { userId, companyId: user.companyId, hash, ...(isTemporary ? { isTemporary } : {}) }
      return [{ kind: 'password', after }]
    })
  }

  /**
   * An administrator lets somebody in again: the password before is good for nothing, sessions end.
   * @returns what is handed over, shown once
   */
  async reset(
    user: User,
    by: 'link' | 'password',
    actor: Actor,
  ): Promise<{ token: string; expiresAtMs: number } | { password: string } | Refusal> {
    const { identity, credentials, clock, random } = this.#around
    const made = randomToken(by === 'password' ? madeLength : linkLength, random)
    // With a link nobody knows the password in between.
    const between = by === 'password' ? made : randomToken(linkLength, random)
    await identity.removeAccessLink(user.id)
    const refused = await this.set(user.id, between, actor, true)
    if (refused) return refused
    await this.#sessions.endAll(user.id, 'password reset by an administrator')
    const { id: userId, companyId } = user
    const data = { userId, ...actor, what: 'password-reset' }
    const events = [{ kind: 'identity.changed', atMs: clock.now(), companyId, data }]
    if (by === 'password') {
      await identity.note(events)
      return { password: made }
    }
    const expiresAtMs = clock.now() + linkMs
    await identity.putAccessLink({ tokenHash: credentials.hashToken(made), userId, companyId, expiresAtMs }, events)
    return { token: made, expiresAtMs }
  }

  /** @returns the login that the new password belongs to */
  async useLink(token: string, password: string, address: string): Promise<{ login: string } | Refusal> {
    const { identity, credentials, clock, configuration, sessions } = this.#around
    const tried = { what: 'password', key: 'link', from: address, address } as const
    const refused = this.#failed.refuse(tried)
    if (refused) return refused
    const hash = credentials.hashToken(token)
    const link = identity.accessLink(hash)
    const user = link && configuration.current.user(link.userId)
    // Whoever has set a password since has got in without the link, which is nobody's now.
    const isWaitedFor = user !== undefined && (await sessions.isPasswordTemporary(user.id))
    if (!link || !user || !isWaitedFor || clock.now() >= link.expiresAtMs) {
      await this.#failed.failed(tried, undefined)
      return LinkNotValid()
    }
    const weak = this.#refuseWeak(user.id, password)
    if (weak) return weak
    if (!(await identity.takeAccessLink(hash))) return LinkNotValid()
    const wrong = await this.set(user.id, password, { by: `user:${user.id}`, address })
    if (isRefusal(wrong)) return wrong
    const data = { userId: user.id, by: `user:${user.id}`, address, what: 'password-changed-by-link' }
    await identity.note([{ kind: 'identity.changed', atMs: clock.now(), companyId: user.companyId, data }])
    await this.#sessions.endAll(user.id, 'password changed')
    return { login: `${user.name}@${user.domain}` }
  }

  #refuseWeak(userId: UserId, password: string): Refusal | undefined {
    const { current } = this.#around.configuration
    const user = current.user(userId)
    const company = user && current.company(user.companyId)
    const own = user ? [user.name, `${user.name}@${user.domain}`, ...user.displayName.split(' '), user.displayName] : []
    return refusePassword(password, company ? [...own, company.name] : own)
  }

  /** For nobody the same is looked up and hashed as for somebody, so that time does not tell who exists. */
  async #isPassword(userId: UserId | undefined, password: string): Promise<boolean> {
    const { sessions, credentials } = this.#around
    const hash = await sessions.passwordHash(userId ?? nobody)
    return credentials.verifyPassword(password, hash)
  }
}
