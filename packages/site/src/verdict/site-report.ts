import type { CheckResult, FaultOwner } from './check-result.ts'

export const reportFormat = 'vaxel-site-report/1'

export type Verdict = 'ready' | 'ready-with-limits' | 'not-ready' | 'not-proven'

/** What a page or a probe found at a site, and what it means. */
export interface SiteReport {
  readonly format: typeof reportFormat
  readonly site: string
  /** The catalogue that the checks were made against. */
  readonly catalogue: { readonly id: string; readonly version: string }
  readonly madeBy: { readonly tool: 'verify-page' | 'probe'; readonly version: string; readonly on: string }
  readonly startedAt: string
  readonly endedAt: string
  readonly segments: readonly string[]
  readonly results: readonly CheckResult[]
  readonly judgement: Judgement
}

export interface Judgement {
  readonly verdict: Verdict
  /** "41 of 57 required proven": never an average. */
  readonly coverage: { readonly required: number; readonly proven: number; readonly cannotBeProvenHere: number }
  /** What people lose, worst first. */
  readonly losses: readonly Loss[]
}

export interface Loss {
  readonly requirementId: string
  readonly title: string
  readonly lost: string
  readonly outcome: 'fail' | 'limit' | 'inconclusive' | 'not-tested' | 'stale'
  readonly who: FaultOwner
  /** Segments where it was so. */
  readonly segments: readonly string[]
}
