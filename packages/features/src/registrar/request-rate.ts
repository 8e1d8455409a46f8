import { RecentMap } from './recent-map.ts'

/** A token bucket for each source, in bounded memory and constant time. */
export class RequestRate {
  readonly #perMs: number
  readonly #burst: number
  readonly #buckets: RecentMap<{ tokens: number; atMs: number }>

  constructor(perSecond: number, burst: number, sources: number) {
    this.#perMs = perSecond / 1000
    this.#burst = burst
    this.#buckets = new RecentMap(sources)
  }

  /** Takes one token, if there is one. @param nowMs monotonic */
  take(source: string, nowMs: number): boolean {
    const bucket = this.#buckets.get(source) ?? { tokens: this.#burst, atMs: nowMs }
    bucket.tokens = Math.min(this.#burst, bucket.tokens + this.#perMs * (nowMs - bucket.atMs))
    bucket.atMs = nowMs
    this.#buckets.set(source, bucket)
    if (bucket.tokens < 1) return false
    bucket.tokens--
    return true
  }
}
