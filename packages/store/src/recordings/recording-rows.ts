import type { CallId, CompanyId } from '@vaxel/base'
import type { KeptRecording, RecordingId } from '@vaxel/core'
import type { Selectable } from 'kysely'
import { fromJson, toFlag, toJson } from '../rows/columns.ts'
import type { Schema } from '../schema.ts'

/** A recording's columns but its key. */
export function fromRecording(recording: KeptRecording) {
  const { id, companyId, callId, startedAtMs, file, state, ...more } = recording
  const { party, other, trigger, hold, expiresAtMs, chain } = recording
  return {
    id,
    company_id: companyId,
    call_id: callId,
    user_id: party.userId ?? null,
    state,
    started_at_ms: startedAtMs,
    demanded: toFlag(trigger === 'demand'),
    held: toFlag(hold !== undefined),
    expires_at_ms: expiresAtMs ?? null,
    chain_index: chain?.index ?? null,
    file,
    search: [party.number, party.name, other.number, other.name].filter(Boolean).join(' ').toLowerCase(),
    more: toJson(more),
  }
}

export const recordingColumns = ['id', 'company_id', 'call_id', 'state', 'started_at_ms', 'file', 'more'] as const

export function toRecording(
  row: Pick<Selectable<Schema['recordings']>, (typeof recordingColumns)[number]>,
): KeptRecording {
  return {
    ...fromJson<Omit<KeptRecording, 'id' | 'companyId' | 'callId' | 'startedAtMs' | 'file' | 'state'>>(row.more),
    id: row.id as RecordingId,
    companyId: row.company_id as CompanyId,
    callId: row.call_id as CallId,
    startedAtMs: Number(row.started_at_ms),
    file: row.file,
    state: row.state as KeptRecording['state'],
  }
}
