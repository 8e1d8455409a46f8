/** So long at a time: calls and answers of others come between. */
const sliceMs = 8

/** And so long nothing, so that a replay never has more than two thirds of the process. */
const restMs = 4

/** Runs steps to their end without keeping anybody waiting. @returns what they give */
export async function inSlices<T>(steps: Generator<void, T>): Promise<T> {
  for (;;) {
    const untilMs = performance.now() + sliceMs
    while (performance.now() < untilMs) {
      const { done, value } = steps.next()
      if (done) return value
    }
    await new Promise<void>((resolve) => setTimeout(resolve, restMs))
  }
}
