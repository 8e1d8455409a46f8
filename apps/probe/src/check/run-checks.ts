import type { CheckResult } from '@vaxel/site'
import { beginCheck } from '../path/check-sheet.ts'
import { pause } from '../path/exchange.ts'
import type { Check, ProbeContext } from './check.ts'

/** A check that was told to end is waited for so long before it is left behind. */
const patienceMs = 2000
const atOnce = 4

/**
 * Runs checks, some at a time, those that measure the line one after another at the end. One that throws, or that does not
 * end in time, becomes inconclusive results, and so does what failed after it was stopped; the others go on.
 */
export async function runChecks(
  checks: readonly Check[],
  context: ProbeContext,
  signal: AbortSignal,
): Promise<readonly CheckResult[]> {
  const results: CheckResult[][] = checks.map(() => [])
  const total = checks.length
  let ended = 0
  const runOne = async (check: Check): Promise<void> => {
    if (signal.aborted) return
    const found = await runWithin(check, context, signal)
    results[checks.indexOf(check)] = [...found]
    ended += 1
    context.tell(`[${ended}/${total}] ${check.title}: ${summary(found)}`)
  }
  const waiting = checks.filter(({ needsQuiet }) => !needsQuiet)
  const workers = Array.from({ length: atOnce }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await runOne(next)
  })
  await Promise.all(workers)
  for (const check of checks.filter(({ needsQuiet }) => needsQuiet)) await runOne(check)
  return results.flat()
}

async function runWithin(check: Check, context: ProbeContext, signal: AbortSignal): Promise<readonly CheckResult[]> {
  const end = new AbortController()
  const both = AbortSignal.any([signal, end.signal])
  const limitMs = check.limitMs(context)
  const begun = check.makes.map((make) => beginCheck(context, make, check.title))
  const broken = (key: 'check-broke' | 'check-too-long', reason: string): readonly CheckResult[] =>
    begun.map((finish) =>
      finish({
        outcome: 'inconclusive',
        finding: { key, values: { check: check.title, reason, seconds: Math.round(limitMs / 1000) } },
      }),
    )
  let stoppedAtMs = Infinity
  both.addEventListener('abort', () => (stoppedAtMs = context.clock.now()), { once: true })
  const late = pause(context.clock, limitMs, end.signal).then(() => {
    end.abort()
    return pause(context.clock, patienceMs)
  })
  try {
    const found = await Promise.race([check.run(context, both), late.then(() => undefined)])
    if (!found) return broken('check-too-long', '')
    if (stoppedAtMs === Infinity) return found
    const kept = found.map((one) => (Date.parse(one.endedAt) < stoppedAtMs ? one : withoutBlame(one)))
    // What it did not reach has no result: without a word of that, what was found there before would look mended.
    const unfinished = begun.map((finish) => finish({ outcome: 'inconclusive', finding: endedEarly }))
    return check.needsQuiet ? kept : [...kept, ...unfinished]
  } catch (error) {
    return broken('check-broke', error instanceof Error ? error.message : String(error))
  } finally {
    end.abort()
  }
}

/** What was given up when the check was stopped looks like what does not work. What worked by then, works. */
function withoutBlame(result: CheckResult): CheckResult {
  if (result.outcome !== 'fail' && result.outcome !== 'limit') return result
  const { faultOwner: _, measured: __, ...rest } = result
  return { ...rest, outcome: 'inconclusive', finding: endedEarly }
}

const endedEarly = { key: 'ended-early', values: {} }

function summary(results: readonly CheckResult[]): string {
  if (results.length === 0) return 'nothing to check'
  const counts = new Map<string, number>()
  for (const { outcome } of results) counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  return [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ')
}
