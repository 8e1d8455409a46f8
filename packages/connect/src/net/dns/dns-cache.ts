import type { Clock } from '@vaxel/base'
import type { DnsHealth } from './dns-health.ts'
import type { DnsAnswer, DnsQueries } from './dns-records.ts'

export interface DnsCacheOptions {
  readonly clock: Clock
  readonly source: DnsQueries
  /** A question without answer after so long has failed. */
  readonly limitMs?: number
  /** The same where an answer of earlier is at hand. */
  readonly staleAfterMs?: number
  readonly entries?: number
  /** Is told every answer; while it knows of a fault, nobody waits where an old answer is at hand. */
  readonly health?: DnsHealth
}

const leastTtlMs = 1_000
const mostTtlMs = 3_600_000
/** How long "no such name" holds (RFC 2308; the resolver does not tell the zone's own figure). */
const negativeMs = 30_000
/** A server that did not answer is not asked again for so long where an old answer serves (RFC 8767 §5) … */
const failedMs = 30_000
/** … and where there is none: long enough to spare it, short enough that a call soon goes through again. */
const failedUnknownMs = 3_000
/** How long past its end an answer may serve while nobody answers (RFC 8767 §5: one to three days). */
const staleMs = 86_400_000

interface Entry {
  answer: DnsAnswer<unknown>
  untilMs: number
  /** When nobody answered; what was known before serves meanwhile. */
  failedMs?: number
  /** The last sound answer and when it ended. */
  last?: { answer: DnsAnswer<unknown>; untilMs: number }
}

/**
 * Remembers answers for their TTL, "none" for half a minute, and gives the last sound answer while the servers are dead.
 * A question that is under way is asked once. Bounded; the entry written longest ago goes first.
 */
export class DnsCache implements DnsQueries {
  readonly #options: Required<Omit<DnsCacheOptions, 'health'>> & Pick<DnsCacheOptions, 'health'>
  readonly #entries = new Map<string, Entry>()
  readonly #asking = new Map<string, Promise<DnsAnswer<unknown>>>()

  constructor(options: DnsCacheOptions) {
    this.#options = { limitMs: 3_000, staleAfterMs: 1_000, entries: 5_000, ...options }
  }

  naptr: DnsQueries['naptr'] = (name) => this.#ask(`naptr ${name}`, () => this.#options.source.naptr(name))
  srv: DnsQueries['srv'] = (name) => this.#ask(`srv ${name}`, () => this.#options.source.srv(name))
  a: DnsQueries['a'] = (name) => this.#ask(`a ${name}`, () => this.#options.source.a(name))
  aaaa: DnsQueries['aaaa'] = (name) => this.#ask(`aaaa ${name}`, () => this.#options.source.aaaa(name))

  async #ask<T>(question: string, query: () => Promise<DnsAnswer<T>>): Promise<DnsAnswer<T>> {
    const known = this.#entries.get(question)
    if (known !== undefined && this.#holds(known)) return known.answer as DnsAnswer<T>
    let asking = this.#asking.get(question) as Promise<DnsAnswer<T>> | undefined
    if (asking === undefined) {
      asking = this.#askNow(question, query)
      this.#asking.set(question, asking)
    }
    const stale = this.#stale(known) as DnsAnswer<T> | undefined
    if (stale === undefined) return asking
    return this.#options.health?.fault ? stale : this.#within(this.#options.staleAfterMs, asking, stale)
  }

  async #askNow<T>(question: string, query: () => Promise<DnsAnswer<T>>): Promise<DnsAnswer<T>> {
    const failed: DnsAnswer<T> = { kind: 'failed', reason: 'no answer in time' }
    const answer = await this.#within(this.#options.limitMs, query(), failed)
    this.#asking.delete(question)
    this.#options.health?.told(question, answer, () => this.#askNow(question, query))
    return this.#remember(question, answer)
  }

  #remember<T>(question: string, answer: DnsAnswer<T>): DnsAnswer<T> {
    const now = this.#options.clock.monotonicMs()
    const known = this.#entries.get(question)
    this.#entries.delete(question)
    if (this.#entries.size >= this.#options.entries) this.#entries.delete(this.#entries.keys().next().value!)
    if (answer.kind === 'failed') {
      const stale = this.#stale(known) as DnsAnswer<T> | undefined
      const given = stale ?? answer
      this.#entries.set(question, {
        answer: given,
        failedMs: now,
        untilMs: now + (stale === undefined ? failedUnknownMs : failedMs),
        ...(known?.last === undefined ? {} : { last: known.last }),
      })
      return given
    }
    const keptMs =
      answer.kind === 'none' ? negativeMs : Math.min(mostTtlMs, Math.max(leastTtlMs, answer.ttlSeconds * 1_000))
    const untilMs = now + keptMs
    this.#entries.set(question, { answer, untilMs, last: { answer, untilMs } })
    return answer
  }

  /** A failure is not believed any more once DNS answers again. */
  #holds({ untilMs, failedMs: failed }: Entry): boolean {
    const { clock, health } = this.#options
    return untilMs > clock.monotonicMs() && (failed === undefined || failed >= (health?.endedMs ?? failed))
  }

  #stale(entry: Entry | undefined): DnsAnswer<unknown> | undefined {
    const last = entry?.last
    return last !== undefined && last.untilMs + staleMs > this.#options.clock.monotonicMs() ? last.answer : undefined
  }

  #within<T>(limitMs: number, asking: Promise<DnsAnswer<T>>, otherwise: DnsAnswer<T>): Promise<DnsAnswer<T>> {
    return new Promise((resolve) => {
      const timer = this.#options.clock.startTimer(limitMs, () => resolve(otherwise))
      asking
        .then(
          (answer) => resolve(answer),
          (error: unknown) => resolve({ kind: 'failed', reason: String(error) }),
        )
        .finally(() => timer.stop())
    })
  }
}
