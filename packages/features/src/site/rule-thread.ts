import { Worker } from 'node:worker_threads'
import type { Clock, Refusal } from '@vaxel/base'
import { InvalidRequest, TooManyRequests } from '@vaxel/contract'
import type { Language, Opening, RuleComparison } from '@vaxel/site'

export interface ComparisonTask {
  readonly openings: readonly Opening[]
  readonly rules: string
  readonly format: 'nftables' | 'iptables-save' | 'csv'
  readonly language: Language
  /** Day. */
  readonly today: string
}

export interface ComparisonResult {
  readonly comparison: RuleComparison
  readonly text: string
}

/** A hundred thousand lines take a few seconds. */
const limitMs = 30_000
/** Who comes later is asked to come again: one thread is enough beside the calls. */
const mostWaiting = 4
const memoryMb = 512

/** Compares rule sets on a thread of its own, one after another: a large one, or one made to be slow, must not hold the calls. */
export class RuleThread {
  readonly #clock: Clock
  #last: Promise<unknown> = Promise.resolve()
  #waiting = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  async compare(task: ComparisonTask): Promise<ComparisonResult | Refusal> {
    if (this.#waiting >= mostWaiting)
      return TooManyRequests('Other rule sets are being compared; try again in a moment.', { retryAfterSeconds: 10 })
    this.#waiting += 1
    const result = this.#last.then(() => this.#run(task))
    this.#last = result.catch(() => {})
    try {
      return await result
    } finally {
      this.#waiting -= 1
    }
  }

  async #run(task: ComparisonTask): Promise<ComparisonResult | Refusal> {
    const worker = new Worker(new URL('./compare-thread.ts', import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    })
    const timer = this.#clock.startTimer(limitMs, () => void worker.terminate())
    try {
      return await new Promise<ComparisonResult | Refusal>((resolve) => {
        const tooMuch = (): void =>
          resolve(
            InvalidRequest(undefined, {
              mistakes: [
                {
                  path: '/rules',
                  reason:
                    'is more than can be compared here; compare it with `npx vaxel site rules check` on a machine of your own',
                },
              ],
            }),
          )
        worker.once('message', resolve)
        worker.once('error', tooMuch)
        worker.once('exit', tooMuch)
      })
    } finally {
      timer.stop()
      await worker.terminate()
    }
  }
}
