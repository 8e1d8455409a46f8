import type { CallId, CompanyId, UserId } from '@vaxel/base'
import type { Centre, PublishedCentre } from '../acd/centre.ts'
import type { CentreConflict } from '../acd/rebase-centre.ts'
import type { RestoredAgent, RestoredItem } from '../acd/dispatcher.ts'
import type { CentreFact } from '../acd/fact.ts'
import type { Channel } from '../acd/channel.ts'
import type { AgentState } from '../acd/agent-state.ts'
import type { OfferId, WorkItem, WorkItemId } from '../acd/work-item.ts'
import type { LedgerEvent, NumberedEvent } from './call-ledger.ts'

/** What is being worked on before it is published. */
export interface CentreDraft {
  readonly companyId: CompanyId
  /** Grows with each change, beyond the time of the publication before. */
  readonly revision: number
  /** On which publication it was begun. */
  readonly basedOn: number
  readonly changedAtMs: number
  readonly by: UserId
  readonly centre: Centre
  /** What somebody published in the meantime, and this draft has otherwise; gone once it is changed here. */
  readonly conflicts?: readonly CentreConflict[]
}

/** Centres in memory, whole; drafts and versions in the database. Each write is durable when it resolves, with its event. */
export interface CentreStore {
  /** Undefined: nothing was ever published. */
  published(companyId: CompanyId): PublishedCentre | undefined
  /** Of every company that has one. */
  all(): Iterable<PublishedCentre>
  draft(companyId: CompanyId): CentreDraft | undefined
  putDraft(draft: CentreDraft): Promise<void>
  removeDraft(companyId: CompanyId): Promise<void>
  /** Takes the draft away with it, or leaves `draft` in its place. Rejects when `version` is there already. */
  publish(centre: PublishedCentre, event: LedgerEvent, draft?: CentreDraft): Promise<void>
  /** Latest first. */
  versions(companyId: CompanyId, limit: number, before?: number): Promise<readonly PublishedCentre[]>
  version(companyId: CompanyId, version: number): Promise<PublishedCentre | undefined>
}

/** One item as it stands in the history: folded from its facts, in the same transaction. */
export interface WorkRow {
  readonly id: WorkItemId
  readonly companyId: CompanyId
  readonly queueId: string
  readonly channel: Channel
  /** Of a call-back: the call in which the customer was called last. */
  readonly callId?: CallId
  /** Of a call-back: the call in which it was asked for. */
  readonly fromCallId?: CallId
  readonly reference?: string
  readonly subject?: string
  readonly customerName?: string
  /** Number or address. */
  readonly customerKey?: string
  readonly contactId?: string
  readonly arrivedAtMs: number
  readonly agentId?: UserId
  readonly acceptedAtMs?: number
  readonly waitedMs?: number
  readonly isInLevel?: boolean
  /** Abandoned sooner than the queue counts. */
  readonly isShort?: boolean
  readonly finishedAtMs?: number
  readonly handledMs?: number
  readonly wrapMs?: number
  readonly codeId?: string
  readonly note?: string
  /** Absent while it waits or is worked on. */
  readonly outcome?: 'answered' | 'abandoned' | 'overflowed' | 'messageLeft' | 'moved' | 'closed'
  readonly missedOffers: number
}

/** What one step of a dispatcher writes. */
export interface WorkEntry {
  readonly facts: readonly CentreFact[]
  /** Whole, of each `work.arrived` among the facts, so that it can be restored. */
  readonly items?: readonly WorkItem[]
  /** Whose claims are over. */
  readonly released?: readonly { readonly offerId: OfferId; readonly itemId: WorkItemId }[]
}

/** A word about a customer, for whoever talks with them next. */
export interface CustomerRemark {
  readonly id: string
  readonly companyId: CompanyId
  readonly customerKey: string
  readonly atMs: number
  readonly by: UserId
  readonly text: string
}

/** How agents spent their time; spells are cut to the interval. */
export interface AgentSpell {
  readonly agentId: UserId
  readonly state: AgentState
  readonly reason?: string
  readonly fromMs: number
  readonly forMs: number
}

/** Work of contact centres in the ledger. Entries of one call are one transaction: events, and the rows that follow from them. */
export interface WorkStore {
  record(companyId: CompanyId, entry: WorkEntry): Promise<void>
  /**
   * One conditional claim: the rows are written with the fact, or not at all when the item or the slot is claimed. The same claim again, as when
   * its answer was lost, is won again and writes nothing.
   * @returns whether it was won; rejects when nobody can know
   */
  claim(
    companyId: CompanyId,
    claim: { readonly offerId: OfferId; readonly itemId: WorkItemId; readonly agentId: UserId; readonly slot: string },
    fact: CentreFact,
  ): Promise<boolean>
  /** At the start: what was not over. Claims of offers that nobody took are taken away, and the ledger is told that those are withdrawn. */
  restore(
    companyId: CompanyId,
    nowMs: number,
  ): Promise<{
    readonly items: readonly RestoredItem[]
    readonly agents: readonly RestoredAgent[]
    readonly queues: readonly { readonly queueId: string; readonly to: 'open' | 'closed'; readonly by: UserId }[]
  }>
  /** Facts of the ledger from then on, oldest first, some hundred at a time: for figures of today, reports and replay. */
  facts(
    companyId: CompanyId,
    fromMs: number,
    toMs: number,
    take: (events: readonly NumberedEvent[]) => void,
  ): Promise<void>
  /** Latest first. */
  rows(filter: {
    readonly companyId: CompanyId
    readonly queueId?: string
    readonly agentId?: UserId
    readonly customerKeys?: readonly string[]
    readonly contactId?: string
    readonly reference?: string
    readonly fromMs?: number
    readonly toMs?: number
    readonly outcome?: WorkRow['outcome']
    readonly before?: WorkItemId
    readonly limit: number
  }): Promise<readonly WorkRow[]>
  row(companyId: CompanyId, itemId: WorkItemId): Promise<WorkRow | undefined>
  /** What an agent notes of an item, while it is typed; not in the ledger until the wrap-up is done. */
  keepNote(companyId: CompanyId, itemId: WorkItemId, text: string): Promise<void>
  addRemark(remark: CustomerRemark): Promise<void>
  /** Latest first. */
  remarks(companyId: CompanyId, customerKeys: readonly string[], limit: number): Promise<readonly CustomerRemark[]>
  /** Spells that are over, latest first. */
  spells(filter: {
    readonly companyId: CompanyId
    readonly agentId?: UserId
    readonly fromMs: number
    readonly toMs: number
    readonly limit: number
  }): Promise<readonly AgentSpell[]>
  /** Who handled this customer last in the queue, and when it was over. */
  lastAgent(companyId: CompanyId, customerKey: string, sinceMs: number): Promise<UserId | undefined>
}
