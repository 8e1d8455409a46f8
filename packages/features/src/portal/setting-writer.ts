import type { Clock } from '@vaxel/base'
import type { LedgerEvent, User, UserSettingKind, UserSettingKinds, UserSettings } from '@vaxel/core'

/** Who changes something of a person's, and from where. */
export interface Author {
  /** `user:<id>`, or `phone:<id>` for a feature code. */
  readonly by: string
  readonly address?: string
}

const eventOf = {
  handling: 'callHandling.changed',
  profiles: 'workProfile.changed',
  filter: 'callFilter.changed',
  memberships: 'groupMembership.changed',
  shortDials: 'shortDials.changed',
} as const satisfies Partial<Record<UserSettingKind, string>>

/** Puts what a person has set in place of what was, and tells the ledger who did it. */
export class SettingWriter {
  readonly #settings: UserSettings
  readonly #clock: Clock

  constructor(options: { settings: UserSettings; clock: Clock }) {
    this.#settings = options.settings
    this.#clock = options.clock
  }

  /** Resolves when it is durable. */
  async put<Kind extends keyof typeof eventOf>(
    user: User,
    kind: Kind,
    value: UserSettingKinds[Kind],
    author: Author,
  ): Promise<void> {
    const { id: userId, companyId } = user
    const before = this.#settings.get(userId, kind)
    const data = { userId, ...author, ...(before === undefined ? {} : { before }), after: value }
    const event: LedgerEvent = {
      kind: eventOf[kind],
      atMs: this.#clock.now(),
      companyId,
      data: data as unknown as LedgerEvent['data'],
    }
    await this.#settings.put({ userId, companyId, kind, value, event })
  }
}
