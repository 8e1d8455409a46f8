import type { SiteReport } from '../verdict/site-report.ts'
import { checkSchema } from './check-schema.ts'
import { checkInstant, checkVersion } from './check-values.ts'
import { below, type Mistakes } from './read-file.ts'
import { ReportSchema } from './report-schema.ts'

/** Adds everything that is wrong with a report. */
export function checkReport(given: unknown, mistakes: Mistakes): void {
  if (!checkSchema(ReportSchema, given, '', mistakes)) return
  const report = given as SiteReport
  checkVersion(report.catalogue.version, '/catalogue/version', mistakes)
  checkSpan(report, '', mistakes)
  const { required, proven } = report.judgement.coverage
  if (proven > required) mistakes.add('/judgement/coverage/proven', `must be at most required (${required})`)
  const segments = new Set(report.segments)
  for (const [index, result] of report.results.entries()) {
    if (mistakes.isFull) return
    const path = below('/results', index)
    checkSpan(result, path, mistakes)
    if (segments.size > 0 && !segments.has(result.segment))
      mistakes.add(below(path, 'segment'), 'is not one of the segments of the report')
  }
}

function checkSpan(
  span: { readonly startedAt: string; readonly endedAt: string },
  path: string,
  mistakes: Mistakes,
): void {
  checkInstant(span.startedAt, below(path, 'startedAt'), mistakes)
  checkInstant(span.endedAt, below(path, 'endedAt'), mistakes)
  if (Date.parse(span.endedAt) < Date.parse(span.startedAt))
    mistakes.add(below(path, 'endedAt'), 'comes before startedAt; the clock was set back, or the two are swapped')
}
