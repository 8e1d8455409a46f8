import type { Machine } from './machine-time.ts'
import { type Busiest, busiestBetween, othersBetween } from './thread-time.ts'
import { newTally, type PhoneBank, type Tally } from './phone-bank.ts'

/** One rate that was tried for some seconds. */
export interface StepResult {
  /** Registrations or calls a second that were asked for. */
  readonly rate: number
  /** That were begun each second. */
  readonly offered: number
  readonly seconds: number
  readonly begun: number
  readonly done: number
  readonly failed: number
  /** Requests that were not answered within 500 ms. */
  readonly late: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** CPU time of the server in the step, all its threads and processes. */
  readonly serverCpuSeconds: number
  readonly busiest: Busiest
  /** Processors that other programs took. */
  readonly others: number
  readonly loadCpuSeconds: number
  readonly refusals: Readonly<Record<string, number>>
  /** Nothing failed, nothing was late, and the load kept its own rate. */
  readonly isClean: boolean
  /** The load could not keep the rate: the server was not the limit. */
  readonly isLoadTheLimit: boolean
}

const tickMs = 2
const settleMs = 5_000

/** Begins `rate` deeds a second for some seconds, then waits until all have ended. */
export async function runStep(options: {
  bank: PhoneBank
  rate: number
  seconds: number
  machine: Machine
  begin: (tally: Tally) => void
  /** Ends before everything has: for calls that are held. */
  isSettled?: (tally: Tally) => boolean
}): Promise<StepResult> {
  const { bank, rate, seconds, machine, begin } = options
  const tally = newTally()
  const wanted = Math.round(rate * seconds)
  const before = machine.read()
  const startMs = performance.now()
  let lookMs = startMs
  const isSettled = options.isSettled ?? (() => bank.open === 0)
  let begunMs = startMs
  for (;;) {
    const nowMs = performance.now()
    const due = Math.min(wanted, Math.floor(((nowMs - startMs) * rate) / 1000) + 1)
    while (tally.begun < due) begin(tally)
    if (tally.begun < wanted) begunMs = nowMs
    if (nowMs - lookMs > 50) {
      bank.look(nowMs)
      lookMs = nowMs
    }
    if (tally.begun === wanted && (isSettled(tally) || nowMs - begunMs > settleMs)) break
    await new Promise((resolve) => setTimeout(resolve, tickMs))
  }
  const used = machine.read()
  const sorted = tally.answeredAfterMs.sort((a, b) => a - b)
  const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
  const offered = wanted === 0 ? rate : wanted / Math.max(seconds, (begunMs - startMs) / 1000)
  const isLoadTheLimit = offered < rate * 0.97
  return {
    rate,
    offered: Math.round(offered),
    seconds,
    begun: tally.begun,
    done: tally.done,
    failed: tally.failed,
    late: tally.late,
    p50Ms: round(at(0.5)),
    p99Ms: round(at(0.99)),
    serverCpuSeconds: round(used.serverSeconds - before.serverSeconds),
    loadCpuSeconds: round(used.loadSeconds - before.loadSeconds),
    busiest: busiestBetween(before, used),
    others: othersBetween(before, used),
    refusals: Object.fromEntries(tally.refusals),
    isClean: tally.failed === 0 && tally.late === 0 && !isLoadTheLimit && isSettled(tally),
    isLoadTheLimit,
  }
}

const round = (value: number): number => Number(value.toFixed(3))

/**
 * Rates from the first upwards, each so much higher, until one is not clean; then once between the last two. A rate that
 * is not clean is tried a second time, as something else on the machine may have disturbed it.
 */
export async function climb(
  rates: { first: number; factor: number; most: number; maySeconds: number },
  run: (rate: number) => Promise<StepResult>,
): Promise<StepResult[]> {
  const results: StepResult[] = []
  const endMs = performance.now() + rates.maySeconds * 1000
  const isTime = (): boolean => performance.now() < endMs
  const attempt = async (rate: number): Promise<StepResult> => {
    const first = await run(rate)
    results.push(first)
    if (first.isClean || !isTime()) return first
    const second = await run(rate)
    results.push(second)
    return second
  }
  let clean = 0
  for (let rate = rates.first; rate <= rates.most && isTime(); rate = Math.round(rate * rates.factor)) {
    if (!(await attempt(rate)).isClean) break
    clean = rate
  }
  const last = results.at(-1)
  if (clean > 0 && last && !last.isClean && !last.isLoadTheLimit && isTime())
    results.push(await run(Math.round((clean + last.rate) / 2)))
  return results
}

/** The highest rate that was clean; 0 when none was. */
export const highestClean = (results: readonly StepResult[]): number =>
  Math.max(0, ...results.filter((result) => result.isClean).map((result) => result.rate))

/** A steady rate is far below the knee: what fails there is a fault, not a limit. Throws with a sentence. */
export function assertSteady(what: string, step: StepResult): void {
  if (step.failed <= step.begun * 0.05) return
  const reasons = Object.entries(step.refusals).map(([reason, count]) => `${reason}: ${count}`)
  throw new Error(`${step.failed} of ${step.begun} ${what} failed at ${step.rate} a second (${reasons.join(', ')})`)
}

/** For a note: what something else on the machine disturbed. */
export const failuresOf = ({ failed, late }: StepResult): string =>
  failed + late === 0 ? '' : `; disturbed: ${failed} failed, ${late} late`
