import type { CallId, CompanyId, UserId } from '@vaxel/base'
import type { AgentState } from '../acd/agent-state.ts'
import type { QueueId } from '../acd/centre.ts'
import type { Channel } from '../acd/channel.ts'
import type { StandingAgent, StandingItem } from '../acd/figures/centre-fold.ts'
import type { WorkCounts, WorkOutcome } from '../acd/figures/counts.ts'
import type { WorkItemId } from '../acd/work-item.ts'
import type { LedgerEvent } from './call-ledger.ts'
import type { WorkRow } from './centre-store.ts'
import type { Language } from './directory.ts'

/** By what a report tells its rows apart. `quarter`: of an hour in UTC, of which all intervals are made. */
export type WorkDimension = 'quarter' | 'queue' | 'agent' | 'channel' | 'code'

/** Which items: those that arrived then. */
export interface WorkFilter {
  readonly companyId: CompanyId
  readonly fromMs: number
  /** Not included. */
  readonly toMs: number
  readonly queueIds?: readonly string[]
  readonly agentIds?: readonly string[]
  readonly channels?: readonly Channel[]
}

/** One row of sums, told apart by the dimensions that were asked for. */
export interface WorkSum {
  readonly quarterMs?: number
  readonly queueId?: string
  /** Absent: nobody has taken them. */
  readonly agentId?: UserId
  readonly channel?: Channel
  readonly codeId?: string
  readonly counts: WorkCounts
}

/** Time of one agent in one state. */
export interface AgentTime {
  readonly agentId: UserId
  readonly quarterMs?: number
  readonly state: AgentState
  readonly reason?: string
  readonly ms: number
}

/** An alarm that goes on. */
export interface OpenAlarm {
  readonly companyId: CompanyId
  readonly alarmId: string
  readonly sinceMs: number
  readonly value: number
}

/** A report that goes out by mail. */
export interface MailedReport {
  readonly id: string
  readonly companyId: CompanyId
  readonly name: string
  /** As `ReportWish` of the feature; whole. */
  readonly wish: Readonly<Record<string, unknown>>
  readonly every: 'day' | 'week' | 'month'
  /** In the company's time zone, 0 to 23. */
  readonly atHour: number
  readonly to: readonly string[]
  readonly language: Language
  readonly by: UserId
  /** The last day that has gone out. */
  readonly sentTo?: string
}

/** What the figures of contact centres are made of, in the database. */
export interface FigureStore {
  /** Sums over items, by dimensions. */
  work(filter: WorkFilter, by: readonly WorkDimension[]): Promise<readonly WorkSum[]>
  /** Offers that an agent missed or declined, by the time at which they ended. */
  missed(
    filter: WorkFilter,
    byQuarter: boolean,
  ): Promise<readonly { readonly agentId: UserId; readonly quarterMs?: number; readonly missed: number }[]>
  /** Spells as far as they lie between the two moments; one that goes on is counted up to `nowMs`. */
  times(filter: WorkFilter, byQuarter: boolean, nowMs: number): Promise<readonly AgentTime[]>
  /** Items behind a figure, latest first. */
  items(
    filter: WorkFilter & {
      readonly outcome?: WorkOutcome | 'open'
      readonly codeId?: string
      readonly text?: string
      readonly before?: { readonly atMs: number; readonly id: string }
      readonly limit: number
    },
  ): Promise<readonly WorkRow[]>
  /** What was not over at the begin of a day, as far as it is known now. */
  standing(
    companyId: CompanyId,
    dayFromMs: number,
  ): Promise<{ readonly items: readonly StandingItem[]; readonly agents: readonly StandingAgent[] }>
  openAlarms(companyId: CompanyId): Promise<readonly OpenAlarm[]>
  alarmBegan(alarm: OpenAlarm, event: LedgerEvent): Promise<void>
  alarmEnded(companyId: CompanyId, alarmId: string, event: LedgerEvent): Promise<void>
  mailedReports(companyId: CompanyId): readonly MailedReport[]
  allMailedReports(): Iterable<MailedReport>
  putMailedReport(report: MailedReport, event?: LedgerEvent): Promise<void>
  removeMailedReport(companyId: CompanyId, id: string, event: LedgerEvent): Promise<void>
}

/** What a call is scored by. Weights say what a question counts beside the others. */
export interface QualityForm {
  readonly id: string
  readonly companyId: CompanyId
  readonly name: string
  readonly questions: readonly QualityQuestion[]
  /** Offered for new scores. */
  readonly isActive: boolean
}

export interface QualityQuestion {
  readonly id: string
  readonly text: string
  /** 1 to 100. */
  readonly weight: number
  /** Points from 0 to so many: 1 is no or yes. */
  readonly most: number
}

/** How somebody found a conversation. It keeps the questions as they were then. */
export interface QualityScore {
  readonly id: string
  readonly companyId: CompanyId
  readonly formId: string
  readonly formName: string
  readonly agentId: UserId
  readonly by: UserId
  readonly atMs: number
  readonly itemId: WorkItemId
  readonly queueId: QueueId
  readonly callId?: CallId
  /** Points of a question; absent: it did not apply. */
  readonly answers: readonly (QualityQuestion & { readonly points?: number })[]
  readonly comment?: string
  /** 0 to 100 of all points that could be had, by weight. */
  readonly percent: number
}

/** Forms and scores in the database; each change is durable when it resolves. */
export interface QualityStore {
  forms(companyId: CompanyId): Promise<readonly QualityForm[]>
  putForm(form: QualityForm, event: LedgerEvent): Promise<void>
  removeForm(companyId: CompanyId, id: string, event: LedgerEvent): Promise<void>
  putScore(score: QualityScore, event: LedgerEvent): Promise<void>
  removeScore(companyId: CompanyId, id: string, event: LedgerEvent): Promise<void>
  score(companyId: CompanyId, id: string): Promise<QualityScore | undefined>
  /** Latest first. */
  scores(filter: {
    readonly companyId: CompanyId
    readonly agentId?: UserId
    readonly itemId?: WorkItemId
    readonly fromMs?: number
    readonly toMs?: number
    readonly before?: string
    readonly limit: number
  }): Promise<readonly QualityScore[]>
  /** By agent. */
  averages(
    companyId: CompanyId,
    fromMs: number,
    toMs: number,
  ): Promise<readonly { readonly agentId: UserId; readonly percent: number; readonly scores: number }[]>
}
