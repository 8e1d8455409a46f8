// A reporter for node:test that writes one line of JSON for each test that ended. Suites are not counted.
import type { TestEvent } from 'node:test/reporters'

/** One test that ended, as the parent process reads it. */
export interface ReportedTest {
  readonly name: string
  readonly outcome: 'passed' | 'failed' | 'skipped'
  readonly durationMs: number
  readonly error?: string
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
}

/** A suite that fails only because a test in it failed is not a failure more. */
function ownFault(error: Error): boolean {
  return (error as { failureType?: string }).failureType !== 'subtestsFailed'
}

function errorText(error: Error): string {
  const cause = error.cause instanceof Error ? error.cause : error
  return cause.stack ?? cause.message
}
