// A reporter for node:test that writes one line of JSON for each test that ended, and one for what they took. Suites are not counted.
import { readFileSync } from 'node:fs'
import type { TestEvent } from 'node:test/reporters'

/** One test that ended, as the parent process reads it. */
export interface ReportedTest {
  readonly name: string
  readonly outcome: 'passed' | 'failed' | 'skipped'
  readonly durationMs: number
  readonly error?: string
}

/** What a file's process took, with every process that it started and saw end. */
export interface ReportedCost {
  readonly cpuMs: number
}

export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const path: string[] = []
  for await (const event of events) {
    if (event.type === 'test:start') {
      path.length = event.data.nesting
      path[event.data.nesting] = event.data.name
    }
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue
    const { details, name, nesting } = event.data
    const isSuite = details.type === 'suite'
    const failed = event.type === 'test:fail' && event.data.todo === undefined
    if (isSuite && !(failed && ownFault(event.data.details.error))) continue
    const skipped = event.data.skip !== undefined || event.data.todo !== undefined
    const test: ReportedTest = {
      name: [...path.slice(0, nesting), name].join(' › '),
      outcome: failed ? 'failed' : skipped ? 'skipped' : 'passed',
      durationMs: details.duration_ms,
      ...(failed && event.type === 'test:fail' ? { error: errorText(event.data.details.error) } : {}),
    }
    yield `${JSON.stringify(test)}\n`
  }
  const cpuMs = cpuMsUsed()
  if (cpuMs !== undefined) yield `${JSON.stringify({ cpuMs } satisfies ReportedCost)}\n`
}

/** User and system time of this process and of its children that have ended (proc_pid_stat(5), fields 14 to 17). Linux only. */
function cpuMsUsed(): number | undefined {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)!.split(' ')
    const ticksOfAHundredth = fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0)
    return ticksOfAHundredth * 10
  } catch {
    return undefined
  }
}

/** A suite that fails only because a test in it failed is not a failure more. */
function ownFault(error: Error): boolean {
  return (error as { failureType?: string }).failureType !== 'subtestsFailed'
}

function errorText(error: Error): string {
  const cause = error.cause instanceof Error ? error.cause : error
  return cause.stack ?? cause.message
}
