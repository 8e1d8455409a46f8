import { TransientMap } from '@vaxel/base'
import type { MediaLegId } from '@vaxel/core'

/** One owner per leg: what waits for a worker keeps its place. */
export class LegTurns {
  readonly #queues = new TransientMap<MediaLegId, Promise<unknown>>()

  /** Runs the task after all earlier ones of this leg, whatever became of them; resolves or rejects as it does. */
  run<Result>(id: MediaLegId, task: () => Promise<Result>): Promise<Result> {
    const done = (this.#queues.get(id) ?? Promise.resolve()).then(task)
    const settled = done.catch(() => undefined)
    this.#queues.set(id, settled)
    void settled.then(() => {
      if (this.#queues.get(id) === settled) this.#queues.delete(id)
    })
    return done
  }
}
