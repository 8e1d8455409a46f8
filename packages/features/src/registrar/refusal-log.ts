import type { Logger } from '@vaxel/base'

const quietMs = 60_000
const mostSources = 10_000

/**
 * Logs wrong credentials, and who comes from where they may not, without letting a flood of them flood the log: the first of a source at once, then how many came
 * in the minute after it when the next one comes.
 */
export class RefusalLog {
  readonly #log: Logger
  readonly #sources = new Map<string, { sinceMs: number; unsaid: number }>()

  constructor(log: Logger) {
    this.#log = log
  }

  note(
    source: string,
    nowMs: number,
    fields: { readonly domain: string; readonly username?: string | undefined },
    what = 'wrong credentials',
  ): void {
    const known = this.#sources.get(source)
    if (known !== undefined && nowMs - known.sinceMs < quietMs) {
      known.unsaid++
      return
    }
    this.#sources.delete(source)
    if (this.#sources.size >= mostSources) this.#sources.delete(this.#sources.keys().next().value!)
    this.#sources.set(source, { sinceMs: nowMs, unsaid: 0 })
    this.#log.warn(what, {
      remote: source,
      ...fields,
      ...(known && known.unsaid > 0 && { more: known.unsaid }),
    })
  }
}
