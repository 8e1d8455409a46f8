import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Requirement } from '../catalogue/requirement.ts'
import type { CheckResult } from '../verdict/check-result.ts'
import { judge } from '../verdict/judge.ts'
import type { Judgement, SiteReport } from '../verdict/site-report.ts'

/** What is known of a site from all of its reports, as it counts today. */
export interface Passport {
  readonly judgement: Judgement
  /** The evidence: for each requirement, segment and check the results of the newest report of each tool. */
  readonly results: readonly CheckResult[]
  readonly segments: readonly string[]
  /** Requirements of which the evidence was made against another wording; they have to be proven again. */
  readonly changedSince: readonly string[]
  /** When the oldest evidence that still counts stops counting; absent without any. */
  readonly verifyAgainBy?: string
}

/** Evidence counts for so long; {@link judge} calls it stale afterwards. */
const freshForMs = 90 * 86_400_000

/**
 * Brings the reports of a site together. A check that was made anew by the same tool, or of the same target by another, takes the place of
 * what was found before, whose ports and addresses may be others; what was proven against a requirement that has changed since is stale.
 * @param reports in any order
 * @param catalogueOf the catalogue that a report was made against; undefined if it is not known any more
 */
export function passportOf(options: {
  readonly requirements: readonly Requirement[]
  readonly reports: readonly SiteReport[]
  readonly catalogueOf: (id: string, version: string) => Catalogue | undefined
  readonly nowMs: number
  /** Parts that the profile names: each has to be proven. */
  readonly segments?: readonly string[]
}): Passport {
  const { requirements, reports, catalogueOf, nowMs, segments: wanted = [] } = options
  const byId = new Map(requirements.map((one) => [one.id, JSON.stringify(one)]))
  const changedSince = new Set<string>()
  const newest = new Map<string, { readonly from: SiteReport; readonly result: CheckResult }[]>()
  // By the moment and not by its text, which may have any time zone.
  const rising = [...reports].sort((a, b) => Date.parse(a.endedAt) - Date.parse(b.endedAt))
  for (const report of rising) {
    const then = catalogueOf(report.catalogue.id, report.catalogue.version)
    const wordings = new Map(then?.requirements.map((one) => [one.id, JSON.stringify(one)]))
    for (const result of report.results) {
      for (const id of result.requirementIds) {
        const now = byId.get(id)
        if (now === undefined) continue
        const isSame = wordings.get(id) === now
        const key = JSON.stringify([id, result.segment, result.check])
        const counted = { ...result, requirementIds: [id], ...(isSame ? {} : { outcome: 'stale' as const }) }
        // One report's own results stand side by side: the worst counts.
        const left = (newest.get(key) ?? []).filter(
          (one) =>
            one.from === report || (one.from.madeBy.tool !== report.madeBy.tool && one.result.target !== result.target),
        )
        newest.set(key, [...left, { from: report, result: counted }])
        if (isSame) changedSince.delete(id)
        else changedSince.add(id)
      }
    }
  }
  const results = [...newest.values()].flatMap((all) => all.map(({ result }) => result))
  const segments = wanted.length > 0 ? wanted : [...new Set(results.map(({ segment }) => segment))].sort()
  const counting = results.filter(
    ({ outcome, endedAt }) => outcome === 'pass' && Date.parse(endedAt) + freshForMs > nowMs,
  )
  const oldest = counting.reduce((least, { endedAt }) => Math.min(least, Date.parse(endedAt)), Infinity)
  return {
    judgement: judge(requirements, results, { nowMs, segments }),
    results,
    segments,
    changedSince: [...changedSince].sort(),
    ...(Number.isFinite(oldest) ? { verifyAgainBy: new Date(oldest + freshForMs).toISOString() } : {}),
  }
}
