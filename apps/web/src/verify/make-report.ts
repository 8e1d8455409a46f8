import { judge, reportFormat, type SiteReport } from '@vaxel/site'
import type { Row } from './conclude/row.ts'
import type { Found } from './found.ts'

/** The report of a page's check: every result, and what they mean for the requirements that the page can prove. */
export function makeReport(
  found: Found,
  rows: readonly Row[],
  options: { readonly nowMs: number; readonly startedAt: string; readonly version: string; readonly on: string },
): SiteReport {
  const { nowMs, startedAt, version, on } = options
  const results = rows.map(({ result }) => result)
  return {
    format: reportFormat,
    site: found.session.site?.name ?? found.session.yourAddress,
    catalogue: found.session.catalogue,
    madeBy: { tool: 'verify-page', version, on: on.slice(0, 300) },
    startedAt,
    endedAt: new Date(nowMs).toISOString(),
    segments: [found.segment],
    results,
    judgement: judge(found.requirements, results, { nowMs, segments: [found.segment] }),
  }
}
