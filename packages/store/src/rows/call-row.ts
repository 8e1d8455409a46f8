import type { CallId, CompanyId, DeviceId, LegId, TrunkId, UserId } from '@vaxel/base'
import type { CallRecord, LegRecord, NumberedEvent, Party, TracedMessage } from '@vaxel/core'
import type { Selectable } from 'kysely'
import type { Schema } from '../schema.ts'
import type { Parameter } from '../sqlite/messages.ts'
import { fromJson, present, toNumber, toOptionalJson } from './columns.ts'

/** In the order of {@link callValues}. */
export const callColumns = [
  'id',
  'company_id',
  'direction',
  'started_at_ms',
  'answered_at_ms',
  'ended_at_ms',
  'last_audio_at_ms',
  'caller_number',
  'caller_name',
  'caller_user_id',
  'dialled',
  'called_number',
  'called_name',
  'called_user_id',
  'trunk_id',
  'termination',
  'cost_micros',
] as const satisfies readonly (keyof Schema['calls'])[]

export function callValues(call: CallRecord): Parameter[] {
  return [
    call.id,
    call.companyId,
    call.direction,
    call.startedAtMs,
    call.answeredAtMs ?? null,
    call.endedAtMs ?? null,
    call.lastAudioAtMs ?? null,
    call.caller.number,
    call.caller.name ?? null,
    call.caller.userId ?? null,
    call.dialled,
    call.called.number,
    call.called.name ?? null,
    call.called.userId ?? null,
    call.trunkId ?? null,
    toOptionalJson(call.termination),
    call.costMicros ?? null,
  ]
}

/** In the order of {@link legValues}. */
export const legColumns = [
  'id',
  'call_id',
  'company_id',
  'role',
  'party_number',
  'party_name',
  'party_user_id',
  'device_id',
  'trunk_id',
  'sip_call_id',
  'remote_address',
  'started_at_ms',
  'answered_at_ms',
  'ended_at_ms',
  'termination',
  'quality',
  'keying',
  'codec',
] as const satisfies readonly (keyof Schema['legs'])[]

export function legValues(leg: LegRecord): Parameter[] {
  return [
    leg.id,
    leg.callId,
    leg.companyId,
    leg.role,
    leg.party.number,
    leg.party.name ?? null,
    leg.party.userId ?? null,
    leg.deviceId ?? null,
    leg.trunkId ?? null,
    leg.sipCallId ?? null,
    leg.remoteAddress ?? null,
    leg.startedAtMs,
    leg.answeredAtMs ?? null,
    leg.endedAtMs ?? null,
    toOptionalJson(leg.termination),
    toOptionalJson(leg.quality),
    leg.keying ?? null,
    leg.codec ?? null,
  ]
}

export function toCall(row: Selectable<Schema['calls']>): CallRecord {
  return present<CallRecord>({
    id: row.id as CallId,
    companyId: row.company_id as CompanyId,
    direction: row.direction as CallRecord['direction'],
    startedAtMs: Number(row.started_at_ms),
    answeredAtMs: toNumber(row.answered_at_ms),
    endedAtMs: toNumber(row.ended_at_ms),
    lastAudioAtMs: toNumber(row.last_audio_at_ms),
    caller: toParty(row.caller_number, row.caller_name, row.caller_user_id),
    dialled: row.dialled,
    called: toParty(row.called_number, row.called_name, row.called_user_id),
    trunkId: row.trunk_id as TrunkId | null,
    termination: row.termination === null ? null : fromJson(row.termination),
    costMicros: toNumber(row.cost_micros),
  })
}

export function toLeg(row: Selectable<Schema['legs']>): LegRecord {
  return present<LegRecord>({
    id: row.id as LegId,
    callId: row.call_id as CallId,
    companyId: row.company_id as CompanyId,
    role: row.role as LegRecord['role'],
    party: toParty(row.party_number, row.party_name, row.party_user_id),
    deviceId: row.device_id as DeviceId | null,
    trunkId: row.trunk_id as TrunkId | null,
    sipCallId: row.sip_call_id,
    remoteAddress: row.remote_address,
    startedAtMs: Number(row.started_at_ms),
    answeredAtMs: toNumber(row.answered_at_ms),
    endedAtMs: toNumber(row.ended_at_ms),
    termination: row.termination === null ? null : fromJson(row.termination),
    quality: row.quality === null ? null : fromJson(row.quality),
    keying: row.keying as LegRecord['keying'] | null,
    codec: row.codec,
  })
}

function toParty(number: string, name: string | null, userId: string | null): Party {
  return present<Party>({ number, name, userId: userId as UserId | null })
}

export function toEvent(row: Selectable<Schema['events']>): NumberedEvent {
  return present<NumberedEvent>({
    number: Number(row.number),
    kind: row.kind,
    atMs: Number(row.at_ms),
    companyId: row.company_id as CompanyId,
    callId: row.call_id as CallId | null,
    data: fromJson(row.data),
  })
}

/** What a message is as a list, in this order, in a row of `traces`; the rest of it are columns there. */
const tracedFields = [
  'atMs',
  'sipCallId',
  'direction',
  'protocol',
  'local',
  'remote',
  'text',
] as const satisfies readonly (keyof TracedMessage)[]

type TracedField = (typeof tracedFields)[number]

/** In the order of {@link traceValues}. */
export const traceColumns = [
  'number',
  'call_id',
  'company_id',
  'messages',
] as const satisfies readonly (keyof Schema['traces'])[]

/** @param messages of one call, in order; @param number of the last of them */
export function traceValues(number: number, messages: readonly [TracedMessage, ...TracedMessage[]]): Parameter[] {
  const { callId, companyId } = messages[0]
  const lists = messages.map((message) => tracedFields.map((field) => message[field]))
  return [number, callId, companyId, JSON.stringify(lists)]
}

/** What {@link traceValues} wrote. */
export function tracedMessages(row: Selectable<Schema['traces']>): TracedMessage[] {
  const ofCall = { callId: row.call_id as CallId, companyId: row.company_id as CompanyId }
  return fromJson<readonly (readonly TracedMessage[TracedField][])[]>(row.messages).map((list) => ({
    ...ofCall,
    ...(Object.fromEntries(tracedFields.map((field, at) => [field, list[at]])) as Pick<TracedMessage, TracedField>),
  }))
}

export function toMessage(row: Selectable<Schema['messages']>): TracedMessage {
  return {
    callId: row.call_id as CallId,
    companyId: row.company_id as CompanyId,
    atMs: Number(row.at_ms),
    sipCallId: row.sip_call_id,
    direction: row.direction as TracedMessage['direction'],
    protocol: row.protocol,
    local: row.local,
    remote: row.remote,
    text: row.text,
  }
}
