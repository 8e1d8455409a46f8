import type { CompanyId } from '@vaxel/base'

const mostAtOnce = 16
const mostOfCompany = 4

interface Waiting {
  readonly companyId: CompanyId
  readonly begin: () => void
}

/** So many calendars are read at once, and no company takes all places with servers that are silent. */
export class ReadingSlots {
  readonly #running = new Map<CompanyId, number>()
  readonly #waiting: Waiting[] = []
  #total = 0

  /** Does the work once there is room for it; in the order in which it came. */
  async use<T>(companyId: CompanyId, work: () => Promise<T>): Promise<T> {
    if (this.#hasRoom(companyId)) this.#take(companyId)
    else await new Promise<void>((begin) => void this.#waiting.push({ companyId, begin }))
    try {
      return await work()
    } finally {
      this.#give(companyId)
    }
  }

  #hasRoom(companyId: CompanyId): boolean {
    return this.#total < mostAtOnce && (this.#running.get(companyId) ?? 0) < mostOfCompany
  }

  #take(companyId: CompanyId): void {
    this.#total++
    this.#running.set(companyId, (this.#running.get(companyId) ?? 0) + 1)
  }

  #give(companyId: CompanyId): void {
    this.#total--
    const left = (this.#running.get(companyId) ?? 1) - 1
    if (left === 0) this.#running.delete(companyId)
    else this.#running.set(companyId, left)
    const at = this.#waiting.findIndex((waiting) => this.#hasRoom(waiting.companyId))
    if (at < 0) return
    const [next] = this.#waiting.splice(at, 1)
    this.#take(next!.companyId)
    next!.begin()
  }
}
