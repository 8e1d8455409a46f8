/** What a process took at one moment, bytes. */
export interface MemorySample {
  readonly seconds: number
  readonly rssBytes: number
  /** Live objects of the main thread and garbage that is not yet collected. */
  readonly heapBytes: number
  readonly calls: number
  readonly bindings: number
  readonly transactions: number
}

/** How a figure moves over time. */
export interface Trend {
  /** Bytes a minute; of the least values of each minute, as garbage comes and goes. */
  readonly bytesPerMinute: number
  readonly firstBytes: number
  readonly lastBytes: number
}

/**
 * The trend of a saw-toothed figure: the line through the least value of each window (least squares), without
 * the first part in which caches fill.
 * @param windowSeconds should hold several collections of garbage
 * @returns undefined for less than three windows
 * @example trendOf([0, 60, 120].map((seconds) => ({ seconds, bytes: 100 + seconds })), 60)?.bytesPerMinute // 60
 */
export function trendOf(
  samples: readonly { readonly seconds: number; readonly bytes: number }[],
  windowSeconds: number,
): Trend | undefined {
  const least = new Map<number, { seconds: number; bytes: number }>()
  for (const sample of samples) {
    const window = Math.floor(sample.seconds / windowSeconds)
    const known = least.get(window)
    if (known === undefined || sample.bytes < known.bytes) least.set(window, sample)
  }
  const points = [...least.values()]
  if (points.length < 3) return undefined
  const meanSeconds = mean(points.map(({ seconds }) => seconds))
  const meanBytes = mean(points.map(({ bytes }) => bytes))
  let above = 0
  let below = 0
  for (const { seconds, bytes } of points) {
    above += (seconds - meanSeconds) * (bytes - meanBytes)
    below += (seconds - meanSeconds) ** 2
  }
  return {
    bytesPerMinute: Math.round((above / below) * 60),
    firstBytes: points[0]!.bytes,
    lastBytes: points.at(-1)!.bytes,
  }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** The value of an unlabelled metric on a page of them. @throws when it is not there */
export function metric(page: string, name: string): number {
  const line = page.split('\n').find((one) => one.startsWith(`${name} `))
  if (line === undefined) throw new Error(`no metric ${name}`)
  return Number(line.slice(name.length + 1))
}
