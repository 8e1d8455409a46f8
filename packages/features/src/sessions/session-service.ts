import { type CompanyId, makeId, type Refusal, randomToken, type UserId, type Whereabouts } from '@vaxel/base'
import { type LoginNeed, NotAuthenticated, NotFound, OutsideNetworks, type Principal } from '@vaxel/contract'
import type { LoginMeans, Session, User } from '@vaxel/core'
import { mayComeFrom } from '@vaxel/site'
import { type LoginPlace, type SessionDependencies, type SessionLifetimes, usualLifetimes } from './dependencies.ts'

/** 260 bits. */
const tokenLength = 52
/** So long after somebody has proven who they are, what is dangerous in wrong hands is open. */
const freshMs = 10 * 60_000

/** A new session with its token, which nobody can read again. */
export interface Login {
  readonly token: string
  readonly session: Session
  readonly user: User
}

/** Sessions: who may act, for how long, and as whom. */
export class SessionService {
  readonly #around: SessionDependencies
  readonly #lifetimes: SessionLifetimes

  constructor(dependencies: SessionDependencies) {
    this.#around = dependencies
    this.#lifetimes = dependencies.lifetimes ?? usualLifetimes
  }

  /** Opens a session for somebody who has proven who they are. It has an id and a token of its own, whatever was before. */
  async open(
    user: User,
    place: LoginPlace,
    how: { readonly means: readonly LoginMeans[]; readonly needs?: readonly LoginNeed[] },
  ): Promise<Login> {
    const { clock, random, sessions, credentials } = this.#around
    const nowMs = clock.now()
    const token = randomToken(tokenLength, random)
    const session: Session = {
      id: makeId(nowMs, random),
      userId: user.id,
      companyId: user.companyId,
      createdAtMs: nowMs,
      expiresAtMs: nowMs + this.#lifetimes.lifetimeMs,
      usedAtMs: nowMs,
      address: place.address,
      isBrowser: place.isBrowser,
      means: how.means,
      ...(place.agent === undefined ? {} : { agent: place.agent }),
      ...(how.needs && how.needs.length > 0 ? { needs: how.needs } : {}),
    }
    await sessions.create(session, credentials.hashToken(token))
    return { token, session, user }
  }

  /**
   * Who a token stands for. The operator may act in any company, as its administrator; for everyone else
   * a company that is not theirs is not there. From outside the networks of their company nobody may do anything.
   */
  authenticate(token: string, wanted: { companyId?: string } & Whereabouts): Principal | Refusal {
    const { clock, sessions, credentials, configuration } = this.#around
    const session = sessions.find(credentials.hashToken(token))
    const user = session && configuration.current.user(session.userId)
    if (!session || !user || !this.#lasts(session)) return NotAuthenticated()
    const outside = this.refuseOutside(user, wanted)
    if (outside) return outside
    const nowMs = clock.now()
    sessions.noteUse(session.id, nowMs)
    const isOperator = configuration.current.isOperator(user.id)
    const own: Principal = {
      sessionId: session.id,
      userId: user.id,
      companyId: user.companyId,
      role: user.role,
      isOperator,
      isFresh: nowMs - (session.provenAtMs ?? session.createdAtMs) < freshMs,
      isBrowser: session.isBrowser === true,
      ...(session.needs ? { needs: session.needs } : {}),
      ...(wanted.isThisMachine ? { isThisMachine: true } : {}),
    }
    const { companyId } = wanted
    if (companyId === undefined || companyId === user.companyId) return own
    const exists = configuration.current.company(companyId as CompanyId) !== undefined
    return isOperator && exists ? { ...own, companyId, role: 'administrator' } : NotFound()
  }

  /** Said only to who has proven who they are: whose company it is is nobody else's business. */
  refuseOutside({ companyId }: User, from: Whereabouts): Refusal | undefined {
    const networks = this.#around.configuration.current.company(companyId)?.allowedNetworks
    if (mayComeFrom(networks, from)) return undefined
    return OutsideNetworks(
      `Your company lets people in from its own networks only, and ${from.address} is none of them. Go on from there, or ask your administrator to allow yours.`,
    )
  }

  /** Those that go on, the last used first. */
  list(userId: UserId): readonly Session[] {
    return this.#around.sessions.ofUser(userId).filter((session) => this.#lasts(session))
  }

  async end(sessionId: string): Promise<void> {
    await this.#around.sessions.end({ id: sessionId }, 'logged out', this.#around.clock.now())
  }

  /** Ends a session of this user; one of somebody else is not there. */
  async endOf(userId: UserId, sessionId: string): Promise<Refusal | undefined> {
    if (!this.list(userId).some(({ id }) => id === sessionId)) return NotFound()
    await this.#around.sessions.end({ id: sessionId }, 'ended from elsewhere', this.#around.clock.now())
    return undefined
  }

  /** @param except the session that goes on */
  async endAll(userId: UserId, reason: string, except?: string): Promise<void> {
    const which = except === undefined ? { userId } : { userId, except }
    await this.#around.sessions.end(which, reason, this.#around.clock.now())
  }

  /** They have just proven who they are. */
  async proven(sessionId: string): Promise<void> {
    await this.#around.sessions.change(sessionId, { provenAtMs: this.#around.clock.now() })
  }

  /** What the session needed first has been done, by this user in this session. */
  async fulfilled(principal: Principal, need: LoginNeed): Promise<void> {
    if (!principal.needs?.includes(need)) return
    const needs = principal.needs.filter((other) => other !== need)
    await this.#around.sessions.change(principal.sessionId, { needs })
  }

  #lasts({ expiresAtMs, usedAtMs }: Session): boolean {
    const nowMs = this.#around.clock.now()
    return nowMs < expiresAtMs && nowMs - usedAtMs <= this.#lifetimes.idleMs
  }
}
