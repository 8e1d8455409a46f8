import type { Clock, CompanyId, Logger, UserId } from '@vaxel/base'
import type { PushMessage, PushSender, PushSubscription, UserSettings } from '@vaxel/core'

/** Browsers of one user; a further one takes the place of the oldest. */
const mostOfOneUser = 10
const callSeconds = 30
const messageSeconds = 86_400
/** Messages on their way at once; beyond, they are not sent: a push is no promise. */
const mostUnderWay = 200

/** Which browsers of whom take messages, and the way to them. */
export class PushDesk {
  readonly #settings: UserSettings
  readonly #sender: PushSender
  readonly #clock: Clock
  readonly #log: Logger
  #underWay = 0

  constructor(options: { userSettings: UserSettings; sender: PushSender; clock: Clock; log: Logger }) {
    this.#settings = options.userSettings
    this.#sender = options.sender
    this.#clock = options.clock
    this.#log = options.log
  }

  of(userId: UserId): readonly PushSubscription[] {
    return this.#settings.get(userId, 'push')?.subscriptions ?? []
  }

  async add(
    userId: UserId,
    companyId: CompanyId,
    { endpoint, p256dh, auth }: Omit<PushSubscription, 'sinceMs'>,
  ): Promise<void> {
    const others = this.of(userId).filter((known) => known.endpoint !== endpoint)
    const added = { endpoint, p256dh, auth, sinceMs: this.#clock.now() }
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

  #put(userId: UserId, companyId: CompanyId, subscriptions: readonly PushSubscription[]): Promise<void> {
    const value = subscriptions.length === 0 ? undefined : { subscriptions }
    return this.#settings.put({ userId, companyId, kind: 'push', value })
  }
}
