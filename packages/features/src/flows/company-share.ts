import type { CompanyId } from '@vaxel/base'

/** What is going on for each company, so that none takes all that there is. */
export class CompanyShare {
  readonly #most: number
  readonly #running = new Map<CompanyId, number>()

  constructor(most: number) {
    this.#most = most
  }

  hasRoom(companyId: CompanyId): boolean {
    return (this.#running.get(companyId) ?? 0) < this.#most
  }

  /** Runs a task that counts until it ends. */
  async run<T>(companyId: CompanyId, task: () => Promise<T>): Promise<T> {
    this.#running.set(companyId, (this.#running.get(companyId) ?? 0) + 1)
    try {
      return await task()
    } finally {
      const left = this.#running.get(companyId)! - 1
      if (left > 0) this.#running.set(companyId, left)
      else this.#running.delete(companyId)
    }
  }
}
