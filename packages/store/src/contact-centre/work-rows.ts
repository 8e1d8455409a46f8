import type { CallId, CompanyId, UserId } from '@vaxel/base'
import type { OfferId, QueueId, RestoredAgent, RestoredItem, WorkItem, WorkItemId, WorkRow } from '@vaxel/core'
import type { Selectable } from 'kysely'
import { fromJson, present, toNumber } from '../rows/columns.ts'
import type { Schema } from '../schema.ts'

/** A visit as people read it. */
export function toWorkRow(row: Selectable<Schema['work_items']>): WorkRow {
  return present<WorkRow>({
    id: row.id as WorkItemId,
    companyId: row.company_id as CompanyId,
    queueId: row.queue_id,
    channel: row.channel as WorkRow['channel'],
    ...callsOf(row),
    reference: row.reference,
    subject: row.subject,
    customerName: row.customer_name,
    customerKey: row.customer_key,
    contactId: row.contact_id,
    arrivedAtMs: Number(row.arrived_at_ms),
    agentId: row.agent_id as UserId | null,
    acceptedAtMs: toNumber(row.accepted_at_ms),
    waitedMs: toNumber(row.waited_ms),
    isInLevel: row.is_in_level === null ? undefined : Number(row.is_in_level) === 1,
    finishedAtMs: toNumber(row.finished_at_ms),
    handledMs: toNumber(row.handled_ms),
    wrapMs: toNumber(row.wrap_ms),
    codeId: row.code_id,
    note: row.note,
    outcome: row.outcome as WorkRow['outcome'] | null,
    missedOffers: Number(row.missed),
  })
}

/** An item as it stood when the process ended: as it arrived, with what has changed since. */
export function toRestoredItem(
  row: Selectable<Schema['work_items']>,
  claim: Selectable<Schema['work_claims']> | undefined,
  endedAtMs: number | undefined,
): RestoredItem {
  const kept = fromJson<Omit<WorkItem, 'id' | 'queueId' | 'channel'>>(row.more)
  const number = row.call_back_number
  const item = present<WorkItem>({
    ...kept,
    id: row.id as WorkItemId,
    queueId: row.queue_id as QueueId,
    channel: row.channel as WorkItem['channel'],
    priority: Number(row.priority),
    customer: number === null ? kept.customer : { ...kept.customer, number },
    notBeforeMs: toNumber(row.not_before_ms),
    ...restoredCallsOf(row),
  })
  return present<RestoredItem>({
    item,
    state: row.state as RestoredItem['state'],
    agentId: row.agent_id as UserId | null,
    acceptedAtMs: toNumber(row.accepted_at_ms),
    offerId: claim?.offer_id as OfferId | undefined,
    slot: claim?.slot,
    endedAtMs,
  })
}

/** The calls of a visit: of a call-back the one in which the customer was called, beside the one in which they asked for it. */
function callsOf(row: Selectable<Schema['work_items']>): Pick<WorkRow, 'fromCallId'> & { callId: CallId | null } {
  const callId = row.call_id as CallId | null
  if (row.channel !== 'callBack') return { callId }
  const kept = fromJson<Pick<WorkItem, 'callId' | 'fromCallId'>>(row.more)
  // Of a call that became a call-back: its own.
  const fromCallId = kept.fromCallId ?? kept.callId
  return { callId: callId === fromCallId ? null : callId, ...(fromCallId === undefined ? {} : { fromCallId }) }
}

function restoredCallsOf(row: Selectable<Schema['work_items']>) {
  const { callId, ...from } = callsOf(row)
  return row.channel === 'callBack' ? { callId: undefined, madeCallId: callId, ...from } : { callId }
}

export function toRestoredAgent(row: Selectable<Schema['agent_states']>): RestoredAgent {
  return present<RestoredAgent>({
    agentId: row.agent_id as UserId,
    state: row.state as RestoredAgent['state'],
    reason: row.reason,
    sinceMs: Number(row.since_ms),
    line: row.line === null ? { kind: 'devices' } : fromJson<RestoredAgent['line']>(row.line),
  })
}
