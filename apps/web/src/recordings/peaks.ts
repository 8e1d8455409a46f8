/** Loudness of both sides over a recording, 0 to 1, in as many steps as are drawn. */
export interface Waves {
  readonly left: readonly number[]
  readonly right: readonly number[]
}

/**
 * Reads peaks as the API has them (base 64, a byte a step) and brings them to fewer steps, each as loud as its loudest.
 * @example readWave('AP8A', 3) // [0, 1, 0]
 */
export function readWave(base64: string, steps: number): number[] {
  const bytes = atob(base64)
  const count = Math.min(steps, bytes.length)
  return Array.from({ length: count }, (_, step) => {
    const from = Math.floor((step * bytes.length) / count)
    const to = Math.max(from + 1, Math.floor(((step + 1) * bytes.length) / count))
    let loudest = 0
    for (let at = from; at < to; at++) loudest = Math.max(loudest, bytes.charCodeAt(at))
    return loudest / 255
  })
}
