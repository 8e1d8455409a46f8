import {
  type CheckName,
  type CheckResult,
  judge,
  type Judgement,
  reportFormat,
  type Requirement,
  type SiteReport,
} from '@vaxel/site'
import { oneLine } from '../tls/certificate-facts.ts'

export interface ReportParts {
  readonly site: string
  readonly catalogue: { readonly id: string; readonly version: string }
  readonly requirements: readonly Requirement[]
  readonly results: readonly CheckResult[]
  readonly segment: string
  /** Reports of other parts of the site, against the same catalogue. */
  readonly others: readonly SiteReport[]
  readonly version: string
  readonly on: string
  readonly startedAt: string
  readonly nowMs: number
}

const mostResults = 5000

/**
 * One report of all that was found, here and in other parts of the site. Results that were made against another version of
 * the catalogue are stale. Whatever strangers had a hand in is cut to what a report may hold.
 */
export function assembleReport(parts: ReportParts): SiteReport {
  const { site, catalogue, requirements, segment, others, nowMs } = parts
  const own = parts.results.map(fit)
  const gathered = others.flatMap((report) =>
    report.results.map((one) =>
      report.catalogue.version === catalogue.version ? one : { ...one, outcome: 'stale' as const },
    ),
  )
  const results = [...own, ...gathered].slice(0, mostResults)
  const segments = [...new Set([...(own.length > 0 ? [segment] : []), ...others.flatMap((report) => report.segments)])]
  const starts = [...(own.length > 0 ? [parts.startedAt] : []), ...others.map(({ startedAt }) => startedAt)].toSorted(
    byMoment,
  )
  const ends = [
    ...(own.length > 0 ? [new Date(nowMs).toISOString()] : []),
    ...others.map(({ endedAt }) => endedAt),
  ].toSorted(byMoment)
  const judgement: Judgement = judge(requirements.map(provableBy(results)), results, { nowMs, segments })
  return {
    format: reportFormat,
    site: oneLine(site),
    catalogue,
    madeBy: { tool: 'probe', version: parts.version, on: oneLine(parts.on) },
    startedAt: starts[0] ?? parts.startedAt,
    endedAt: ends.at(-1) ?? new Date(nowMs).toISOString(),
    segments,
    results,
    judgement,
  }
}

/** Not by its text, which may have any time zone. */
const byMoment = (a: string, b: string): number => Date.parse(a) - Date.parse(b)

/** A browser and a headset are the verify page's to look at; unless such a report is among those gathered, they cannot be proven here. */
const pageOnly: readonly CheckName[] = ['browser', 'devices']

const provableBy =
  (results: readonly CheckResult[]) =>
  (requirement: Requirement): Requirement => {
    const checks = requirement.checks.filter(
      (name) => !pageOnly.includes(name) || results.some(({ check }) => check === name),
    )
    return checks.length === requirement.checks.length ? requirement : { ...requirement, checks }
  }

const mostText = 2000

function fit(result: CheckResult): CheckResult {
  const { finding, evidence, target } = result
  const values = Object.fromEntries(
    Object.entries(finding.values).map(([name, value]) => [
      name,
      typeof value === 'number' ? (Number.isFinite(value) ? value : 0) : oneLine(value).slice(0, mostText),
    ]),
  )
  return {
    ...result,
    target: oneLine(target).slice(0, 500),
    finding: { key: finding.key, values },
    ...(evidence && {
      evidence: Object.fromEntries(
        Object.entries(evidence).map(([name, text]) => [
          name
            .replace(/[^a-zA-Z0-9 ._:/-]/g, '')
            .replace(/^[^a-zA-Z0-9]+/, '')
            .slice(0, 100) || 'x',
          oneLine(text),
        ]),
      ),
    }),
  }
}
