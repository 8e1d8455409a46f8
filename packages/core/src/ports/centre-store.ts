import type { CallId, CompanyId, UserId } from '@vaxel/base'
import type { Centre, PublishedCentre } from '../acd/centre.ts'
import type { RestoredAgent, RestoredItem } from '../acd/dispatcher.ts'
import type { CentreFact } from '../acd/fact.ts'
import type { Channel } from '../acd/channel.ts'
import type { OfferId, WorkItemId } from '../acd/work-item.ts'
import type { LedgerEvent, NumberedEvent } from './call-ledger.ts'

/** What is being worked on before it is published. */
export interface CentreDraft {
  readonly companyId: CompanyId
  /** Counts its changes. */
  readonly revision: number
  /** On which publication it was begun. */
  readonly basedOn: number
  readonly changedAtMs: number
  readonly by: UserId
  readonly centre: Centre
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
  /** Takes the draft away with it. Rejects when `version` is there already. */
  publish(centre: PublishedCentre, event: LedgerEvent): Promise<void>
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
  readonly callId?: CallId
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
  readonly finishedAtMs?: number
  readonly handledMs?: number
  readonly wrapMs?: number
  readonly codeId?: string
  readonly note?: string
  /** Absent while it waits or is worked on. */
  readonly outcome?: 'answered' | 'abandoned' | 'overflowed' | 'messageLeft' | 'moved' | 'closed'
  readonly missedOffers: number
}

/** Work of contact centres in the ledger. Entries of one call are one transaction: events, and the rows that follow from them. */
export interface WorkStore {
  record(
    companyId: CompanyId,
    facts: readonly CentreFact[],
    released?: readonly { offerId: OfferId; itemId: WorkItemId }[],
  ): Promise<void>
  /**
   * One conditional claim: the rows are written with the fact, or not at all when the item or the slot is claimed.
   * @returns whether it was won; rejects when nobody can know
   */
  claim(
    companyId: CompanyId,
    claim: { readonly offerId: OfferId; readonly itemId: WorkItemId; readonly agentId: UserId; readonly slot: string },
    fact: CentreFact,
  ): Promise<boolean>
  /** At the start: what was not over; claims of offers that nobody took are taken away. */
  restore(
    companyId: CompanyId,
  ): Promise<{ readonly items: readonly RestoredItem[]; readonly agents: readonly RestoredAgent[] }>
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
  /** Who handled this customer last in the queue, and when it was over. */
  lastAgent(companyId: CompanyId, customerKey: string, sinceMs: number): Promise<UserId | undefined>
}
