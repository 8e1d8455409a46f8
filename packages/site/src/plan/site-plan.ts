import type { Requirement } from '../catalogue/requirement.ts'
import type { Applicability } from './applicable.ts'
import type { CalendarEntry } from './calendar.ts'
import type { AgentsOutcome } from './erlang.ts'
import type { Opening } from './opening.ts'
import type { BandwidthPlan } from './plan-bandwidth.ts'
import type { LicencePlan } from './plan-licences.ts'
import type { PlanLine } from './plan-line.ts'
import type { LimitPlan, MachinePlan } from './plan-machines.ts'

export const planFormat = 'vaxel-site-plan/1'

/** What a site needs, each line with its reason. Equal catalogues, profiles and days give equal plans. */
export interface SitePlan {
  readonly format: typeof planFormat
  readonly site: string
  readonly catalogue: {
    readonly id: string
    readonly version: string
    readonly title: string
    readonly language: string
  }
  /** Day for which it was made. */
  readonly today: string
  /** Of every requirement of the catalogue whether and why it counts. */
  readonly applicability: readonly Applicability[]
  readonly openings: readonly Opening[]
  readonly names: readonly PlannedName[]
  readonly bandwidth: BandwidthPlan
  /** Erlang B; absent without calls an hour and their length. */
  readonly lines?: LinesPlan
  /** Erlang C; absent without calls to agents and their length. */
  readonly agents?: AgentsPlan
  readonly machines: readonly MachinePlan[]
  readonly limits: readonly LimitPlan[]
  readonly licences: readonly LicencePlan[]
  readonly calendar: readonly CalendarEntry[]
  /** What computers, telephones, networks and certificates must be like, by kind and in the catalogue's order. */
  readonly equipment: readonly Asked[]
  readonly duties: readonly Asked[]
  /** What this site wants and nobody answers for, or that does not work. */
  readonly unsupported: readonly (Asked & { readonly wanted: boolean; readonly asIs: boolean })[]
  /** Requirements that disagree with another; both count, and it is said how. */
  readonly contradictions: readonly Contradiction[]
  /** What the profile leaves open, and what follows from it. */
  readonly remarks: readonly PlanLine[]
}

export interface PlannedName {
  readonly name: string
  /** `resolve`: the site's machines look it up. `publish`: the customer's own zone holds it. */
  readonly duty: 'resolve' | 'publish'
  readonly records: readonly string[]
  readonly subdomains: boolean
  readonly requirementIds: readonly string[]
}

/** A requirement in the catalogue's own words. */
export interface Asked {
  readonly requirementId: string
  readonly kind: Requirement['body']['kind']
  readonly title: string
  /** What exactly, in one line. */
  readonly what: string
  readonly lostIfMissing: string
  readonly responsible: Requirement['responsible']
  readonly level: Requirement['level']
  readonly when?: string
}

export interface Contradiction {
  readonly requirementId: string
  readonly title: string
  readonly conflict: string
  readonly with: readonly string[]
  /** It changes bandwidth or sizes. */
  readonly touchesFigures: boolean
}

export interface LinesPlan {
  readonly erlangs: number
  readonly mostBlocked: number
  /** Absent: more than anybody builds. */
  readonly lines?: number
  /** One fewer, as many, one more. */
  readonly around: readonly { readonly lines: number; readonly blocked: number }[]
  readonly explained: readonly PlanLine[]
}

export interface AgentsPlan {
  readonly erlangs: number
  readonly wanted: { readonly share: number; readonly withinSeconds: number }
  readonly agents?: number
  readonly around: readonly AgentsOutcome[]
  /** With those that the profile says are logged on. */
  readonly loggedOn?: AgentsOutcome
  readonly explained: readonly PlanLine[]
}
