import type { UserId } from '@vaxel/base'
import type { DispatcherEffect } from '../dispatcher.ts'
import type { CentreFact } from '../fact.ts'
import type { OfferId } from '../work-item.ts'
import type { AgentRecord, DispatcherState, ItemRecord } from './state.ts'

/** One event being taken: what is to be done for it, and who must be looked at before it is over. */
export interface Step {
  readonly state: DispatcherState
  readonly nowMs: number
  readonly effects: DispatcherEffect[]
  readonly makeOfferId: (nowMs: number) => OfferId
  /** May be asked for more than before. */
  readonly freed: Set<AgentRecord>
  /** May be taken by somebody who could not before. */
  readonly awake: Set<ItemRecord>
  readonly changed: Set<UserId>
}

/** A fact without its time. */
type Told = CentreFact extends infer Fact ? (Fact extends CentreFact ? Omit<Fact, 'atMs'> : never) : never

export function tell(step: Step, fact: Told): void {
  step.effects.push({ kind: 'record', fact: { ...fact, atMs: step.nowMs } as CentreFact })
}

/** What every fact of an item carries. */
export const ofItem = ({ item }: ItemRecord) => ({
  itemId: item.id,
  queueId: item.queueId,
  channel: item.channel,
  ...(item.callId === undefined ? {} : { callId: item.callId }),
})

/** How long the customer has waited; before a time that was agreed, nobody waits. */
export const waitedMs = ({ item }: ItemRecord, nowMs: number): number =>
  Math.max(0, nowMs - Math.max(item.sinceMs, item.notBeforeMs ?? 0))

/** The rows of a claim are free again. */
export function release(step: Step, record: ItemRecord): void {
  if (record.claimId !== undefined)
    step.effects.push({ kind: 'release', offerId: record.claimId, itemId: record.item.id })
  record.claimId = undefined
  record.slot = undefined
}
