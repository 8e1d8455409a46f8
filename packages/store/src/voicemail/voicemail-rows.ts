import type { CompanyId, UserId } from '@vaxel/base'
import type { Mailbox, MailboxId, VoiceMessage, VoiceMessageId, VoiceMessageState } from '@vaxel/core'
import type { Selectable } from 'kysely'
import { fromJson, toJson } from '../rows/columns.ts'
import type { Schema } from '../schema.ts'

export function toMailbox(row: Selectable<Schema['mailboxes']>): Mailbox {
  return {
    id: row.id as MailboxId,
    companyId: row.company_id as CompanyId,
    ...(row.user_id === null ? {} : { userId: row.user_id as UserId }),
    ...fromJson<Omit<Mailbox, 'id' | 'companyId' | 'userId'>>(row.more),
  }
}

export function fromMailbox({ id, companyId, userId, ...more }: Mailbox): Schema['mailboxes'] {
  return { id, company_id: companyId, user_id: userId ?? null, more: toJson(more) }
}

export function toVoiceMessage(row: Selectable<Schema['voice_messages']>): VoiceMessage {
  return {
    id: row.id as VoiceMessageId,
    boxId: row.box_id as MailboxId,
    companyId: row.company_id as CompanyId,
    state: row.state as VoiceMessageState,
    durationMs: Number(row.duration_ms),
    file: row.file,
    ...fromJson<Omit<VoiceMessage, 'id' | 'boxId' | 'companyId' | 'state' | 'durationMs' | 'file'>>(row.more),
  }
}

export function fromVoiceMessage(message: VoiceMessage): Schema['voice_messages'] {
  const { id, boxId, companyId, state, durationMs, file, ...more } = message
  return {
    id,
    box_id: boxId,
    company_id: companyId,
    state,
    // Since when it is in its state, for what is erased by age.
    at_ms: more.deletedAtMs ?? more.atMs,
    duration_ms: durationMs,
    file,
    comment_file: more.spokenComment?.file ?? null,
    more: toJson(more),
  }
}
