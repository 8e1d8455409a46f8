import type { CompanyId, UserId } from '@vaxel/base'
import type { Directory, HistoryReader } from '@vaxel/core'

/** Calls looked back for each person. */
const lookedBack = 10

/** When people's last talks ended. What happened before the last start is read from the ledger, once. */
export class LastTalks {
  readonly #endedMs = new Map<UserId, number>()

  of(userId: UserId): number | undefined {
    return this.#endedMs.get(userId)
  }

  ended(userId: UserId, atMs: number): void {
    if (atMs > (this.#endedMs.get(userId) ?? 0)) this.#endedMs.set(userId, atMs)
  }

  /** Reads the ledger for the members of groups that ask who has not talked longest. */
  async load(directory: Directory, history: Pick<HistoryReader, 'calls' | 'call'>): Promise<void> {
    for (const company of directory.companies()) {
      const members = new Set<UserId>()
      for (const { target } of directory.numbersOf(company.id))
        if (target.kind === 'group' && target.mode === 'longestIdle')
          for (const userId of target.userIds) members.add(userId)
      for (const userId of members) await this.#loadUser(company.id, userId, history)
    }
  }

  async #loadUser(companyId: CompanyId, userId: UserId, history: Pick<HistoryReader, 'calls' | 'call'>): Promise<void> {
    const calls = await history.calls({ companyId, userId, answered: true, limit: lookedBack })
    for (const { id } of calls) {
      const legs = (await history.call(id, companyId))?.legs ?? []
      const own = legs.find(
        ({ party, answeredAtMs, endedAtMs }) =>
          party.userId === userId && answeredAtMs !== undefined && endedAtMs !== undefined,
      )
      if (own?.endedAtMs !== undefined) return this.ended(userId, own.endedAtMs)
    }
  }
}
