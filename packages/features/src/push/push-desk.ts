import type { Clock, CompanyId, Logger, UserId } from '@vaxel/base'
import type { Directory, PushMessage, PushSender, PushSubscription, SessionStore, UserSettings } from '@vaxel/core'

/** Browsers of one user; a further one takes the place of the oldest. */
const mostOfOneUser = 10
const callSeconds = 30
const messageSeconds = 86_400
/** Messages on their way at once; beyond, they are not sent: a push is no promise. */
const mostUnderWay = 200

/** Which browsers of whom take messages, and the way to them. */
export class PushDesk {
  readonly #directory: Pick<Directory, 'companies' | 'usersOf'>
  readonly #settings: UserSettings
  readonly #sessions: Pick<SessionStore, 'ofUser'>
  readonly #sender: PushSender
  readonly #clock: Clock
  readonly #log: Logger
  #underWay = 0

  constructor(options: {
    directory: Pick<Directory, 'companies' | 'usersOf'>
    userSettings: UserSettings
    sessions: Pick<SessionStore, 'ofUser'>
    sender: PushSender
    clock: Clock
    log: Logger
  }) {
    this.#directory = options.directory
    this.#settings = options.userSettings
    this.#sessions = options.sessions
    this.#sender = options.sender
    this.#clock = options.clock
    this.#log = options.log
  }

  /** Those whose login lasts: a browser that was logged out, from here or from elsewhere, is told nothing any more. */
  of(userId: UserId): readonly PushSubscription[] {
    const kept = this.#settings.get(userId, 'push')?.subscriptions ?? []
    if (kept.length === 0) return kept
    const nowMs = this.#clock.now()
    const logins = this.#sessions.ofUser(userId).filter(({ expiresAtMs }) => expiresAtMs > nowMs)
    return kept.filter(({ sessionId }) =>
      sessionId === undefined ? logins.length > 0 : logins.some(({ id }) => id === sessionId),
    )
  }

  async add(
    userId: UserId,
    companyId: CompanyId,
    sessionId: string,
    { endpoint, p256dh, auth }: Omit<PushSubscription, 'sinceMs' | 'sessionId'>,
  ): Promise<void> {
    const isOwn = this.of(userId).some((known) => known.endpoint === endpoint)
    if (!isOwn) await this.#takeFromOthers(userId, endpoint)
    const others = this.of(userId).filter((known) => known.endpoint !== endpoint)
    const added = { endpoint, p256dh, auth, sinceMs: this.#clock.now(), sessionId }
    await this.#put(userId, companyId, [...others.slice(1 - mostOfOneUser), added])
  }

  async remove(userId: UserId, companyId: CompanyId, endpoint: string): Promise<void> {
    const before = this.of(userId)
    const left = before.filter((known) => known.endpoint !== endpoint)
    if (left.length < before.length) await this.#put(userId, companyId, left)
  }

  /** Returns at once; browsers that are gone are forgotten. */
  send(userId: UserId, companyId: CompanyId, message: PushMessage): void {
    for (const subscription of this.of(userId)) {
      if (this.#underWay >= mostUnderWay) return this.#log.warn('too many push messages at once', { userId })
      this.#underWay++
      this.#sender
        .send(subscription, message, message.isUrgent ? callSeconds : messageSeconds)
        .then((outcome) => (outcome === 'gone' ? this.remove(userId, companyId, subscription.endpoint) : undefined))
        .catch((error: unknown) => this.#log.warn('a push message failed', { error: String(error) }))
        .finally(() => {
          this.#underWay--
        })
    }
  }

  /** A browser is one person's: whoever had it before, and did not log out, is read by nobody else. */
  async #takeFromOthers(userId: UserId, endpoint: string): Promise<void> {
    for (const { id: companyId } of this.#directory.companies())
      for (const { id } of this.#directory.usersOf(companyId))
        if (id !== userId && this.of(id).some((known) => known.endpoint === endpoint))
          await this.remove(id, companyId, endpoint)
  }

  #put(userId: UserId, companyId: CompanyId, subscriptions: readonly PushSubscription[]): Promise<void> {
    const value = subscriptions.length === 0 ? undefined : { subscriptions }
    return this.#settings.put({ userId, companyId, kind: 'push', value })
  }
}
