import { type Platform, SeededRandom, startPlatform } from '@vaxel/testkit'
import { NetPhone } from '@vaxel/testkit/peers/net-phone'
import { activities, type SoakWorld } from './activities.ts'
import { type MemorySample, metric, type Trend, trendOf } from './memory-samples.ts'

export interface SoakOptions {
  readonly seconds: number
  readonly seed: number
  /** 1: about 13 steps and 3 calls at once each second. */
  readonly rate: number
  readonly sampleSeconds: number
  /** Told now and then. */
  readonly say: (line: string) => void
}

export interface SoakResult {
  readonly seconds: number
  readonly seed: number
  readonly rate: number
  /** Steps of each kind that went as they should. */
  readonly done: Readonly<Record<string, number>>
  /** What went otherwise: the first of each kind, and how often. */
  readonly faults: Readonly<Record<string, { count: number; first: string }>>
  readonly samples: readonly MemorySample[]
  /** Without the first third. */
  readonly heap: Trend | undefined
  readonly rss: Trend | undefined
  /** After everything had ended and the 32 s of the last transactions were over. */
  readonly afterwards: MemorySample
}

/** Longer than a transaction is remembered (64 times T1). */
const quietMs = 34_000
const users = Array.from({ length: 12 }, (_, i) => String(203 + i))

/** Runs a server of its own under a mixture of everything for so long, and watches what it takes. */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const platform = await startPlatform({ mediaPortCount: 300 })
  const phones: NetPhone[] = []
  try {
    for (const user of users) phones.push(await openPhone(user, platform))
    return await run({ platform, phones, random: new SeededRandom(options.seed) }, options)
  } finally {
    for (const phone of phones) await phone.close()
    await platform.stop()
  }
}

async function openPhone(user: string, platform: Platform): Promise<NetPhone> {
  const phone = await NetPhone.open({
    user,
    port: platform.ports.sip,
    protocol: Number(user) % 3 === 0 ? 'tcp' : 'udp',
  })
  const status = await phone.register(600)
  if (status !== 200) throw new Error(`${user} cannot register: ${status}`)
  return phone
}

async function run(world: SoakWorld, options: SoakOptions): Promise<SoakResult> {
  const { seconds, rate, sampleSeconds, say } = options
  const done: Record<string, number> = {}
  const faults: Record<string, { count: number; first: string }> = {}
  const underWay = new Set<Promise<void>>()
  const samples: MemorySample[] = []
  const startedMs = performance.now()
  const elapsed = (): number => (performance.now() - startedMs) / 1000
  const timers = activities.map(({ name, perSecond, run: step }) => {
    done[name] = 0
    return setInterval(
      () => {
        const running: Promise<void> = step(world).then(
          () => void done[name]!++,
          (error: unknown) => {
            faults[name] ??= { count: 0, first: String(error) }
            faults[name].count++
          },
        )
        underWay.add(running)
        void running.finally(() => underWay.delete(running))
      },
      1000 / (perSecond * rate),
    )
  })
  try {
    for (let next = sampleSeconds; next <= seconds; next += sampleSeconds) {
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, (next - elapsed()) * 1000)))
      const sample = await takeSample(world.platform, elapsed())
      samples.push(sample)
      const mb = (bytes: number): string => (bytes / 1_048_576).toFixed(1)
      say(
        `${Math.round(sample.seconds)} s: RSS ${mb(sample.rssBytes)} MB, heap ${mb(sample.heapBytes)} MB, ${sample.calls} calls`,
      )
    }
  } finally {
    for (const timer of timers) clearInterval(timer)
  }
  await Promise.all(underWay)
  await new Promise((resolve) => setTimeout(resolve, quietMs))
  const settled = samples.filter((sample) => sample.seconds > seconds / 3)
  const windowSeconds = Math.max(3 * sampleSeconds, seconds / 20)
  const trend = (bytesOf: (sample: MemorySample) => number): Trend | undefined =>
    trendOf(
      settled.map((sample) => ({ seconds: sample.seconds, bytes: bytesOf(sample) })),
      windowSeconds,
    )
  return {
    seconds,
    seed: options.seed,
    rate,
    done,
    faults,
    samples,
    heap: trend(({ heapBytes }) => heapBytes),
    rss: trend(({ rssBytes }) => rssBytes),
    afterwards: await takeSample(world.platform, elapsed()),
  }
}

async function takeSample(platform: Platform, seconds: number): Promise<MemorySample> {
  const page = await (await fetch(`${platform.url}/metrics`)).text()
  return {
    seconds,
    rssBytes: metric(page, 'vaxel_process_memory_bytes'),
    heapBytes: metric(page, 'vaxel_process_heap_bytes'),
    calls: metric(page, 'vaxel_calls'),
    bindings: metric(page, 'vaxel_bindings'),
    transactions: metric(page, 'vaxel_sip_transactions'),
  }
}
