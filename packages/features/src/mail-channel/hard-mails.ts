import type { ServerMail } from '@vaxel/core'

/** So often a mail may end the reading: most faults are those of the line, and are over with it. */
const mostFaults = 3
const asideMs = 60 * 60_000

interface Hard {
  readonly mail: ServerMail
  readonly faults: number
  /** 0: at once. */
  readonly againAtMs: number
}

/**
 * Mails of one mailbox that could not be taken. The third fault in a row sets one aside for an hour, so that it keeps back none of those that
 * came after it; then it is tried again, for as long as it lies there (docs/decisions/0164).
 */
export class HardMails {
  readonly #known = new Map<string, Hard>()

  /** @returns whether it is set aside with that */
  failed(mail: ServerMail, nowMs: number): boolean {
    const faults = (this.#known.get(mail.key)?.faults ?? 0) + 1
    const isAside = faults >= mostFaults
    this.#known.set(mail.key, { mail, faults, againAtMs: isAside ? nowMs + asideMs : 0 })
    return isAside
  }

  taken({ key }: ServerMail): void {
    this.#known.delete(key)
  }

  /**
   * What is to be taken now: of `fresh` what is not set aside, then what was and whose hour is over.
   * @param isAll `fresh` is everything that lies there untaken: what is not among it is gone
   */
  due(fresh: readonly ServerMail[], { nowMs, isAll }: { nowMs: number; isAll: boolean }): readonly ServerMail[] {
    const keys = new Set(fresh.map(({ key }) => key))
    if (isAll) for (const key of this.#known.keys()) if (!keys.has(key)) this.#known.delete(key)
    const isDue = ({ key }: ServerMail): boolean => (this.#known.get(key)?.againAtMs ?? 0) <= nowMs
    const again = [...this.#known.values()].map(({ mail }) => mail).filter(({ key }) => !keys.has(key))
    return [...fresh, ...again].filter(isDue)
  }
}
