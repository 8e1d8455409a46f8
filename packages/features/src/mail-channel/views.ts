import type { OperationReply, readMailConversation, listConversationMails, putMailDraft } from '@vaxel/contract'
import type { ChannelMail, Directory, MailConversation, MailDraft } from '@vaxel/core'
import type { MailWork } from './mail-work.ts'

type ConversationView = OperationReply<typeof readMailConversation>['conversation']
type MailView = OperationReply<typeof listConversationMails>['items'][number]
type DraftView = OperationReply<typeof putMailDraft>

const time = (ms: number): string => new Date(ms).toISOString()

export function conversationView(conversation: MailConversation, work: MailWork): ConversationView {
  const { id, accountId, state, subject, customer, startedAtMs, lastAtMs, waitingSinceMs, queueId, mails } =
    conversation
  const workId = work.itemOf(conversation)
  const agentId = work.agentOf(conversation)
  return {
    id,
    mailboxId: accountId,
    state,
    subject,
    customer: { ...customer },
    startedAt: time(startedAtMs),
    lastAt: time(lastAtMs),
    ...(waitingSinceMs === undefined ? {} : { waitingSince: time(waitingSinceMs) }),
    ...(queueId === undefined ? {} : { queueId }),
    ...(workId === undefined ? {} : { workId }),
    ...(agentId === undefined ? {} : { agentId }),
    mails,
    hasBounced: conversation.hasBounced,
  }
}

export function mailView(mail: ChannelMail, directory: Directory): MailView {
  const byName = mail.by === undefined ? undefined : directory.user(mail.by)?.displayName
  return {
    id: mail.id,
    conversationId: mail.conversationId,
    kind: mail.kind,
    at: time(mail.atMs),
    ...(mail.from ? { from: { ...mail.from } } : {}),
    replyTo: mail.replyTo.map((one) => ({ ...one })),
    to: mail.to.map((one) => ({ ...one })),
    cc: mail.cc.map((one) => ({ ...one })),
    subject: mail.subject,
    preview: mail.preview,
    nature: mail.nature,
    ...(mail.spam === undefined ? {} : { spam: mail.spam }),
    reports: mail.reports.map((one) => ({ ...one })),
    parts: mail.parts.map(({ name, mediaType, sizeBytes, isInline }, index) => ({
      index,
      name,
      mediaType,
      sizeBytes,
      isInline,
    })),
    hasHtml: mail.kind !== 'note',
    hasRemoteImages: mail.hasRemoteImages,
    isRead: mail.isRead,
    isCut: mail.isCut,
    hasSource: mail.source !== undefined,
    repeats: mail.repeats,
    ...(mail.by === undefined ? {} : { by: mail.by }),
    ...(byName === undefined ? {} : { byName }),
    ...(mail.delivery === undefined ? {} : { delivery: mail.delivery }),
    ...(mail.fault === undefined ? {} : { fault: mail.fault }),
  }
}

export const draftView = ({ text, to, cc, subject, files, atMs }: MailDraft): DraftView => ({
  text,
  ...(to === undefined ? {} : { to: to.map((one) => ({ ...one })) }),
  ...(cc === undefined ? {} : { cc: cc.map((one) => ({ ...one })) }),
  ...(subject === undefined ? {} : { subject }),
  files: files.map(({ file, name, sizeBytes }) => ({ file, name, sizeBytes })),
  at: time(atMs),
})
