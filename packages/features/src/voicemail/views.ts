import type { listMyMailboxes, listVoiceMessages, OperationReply } from '@vaxel/contract'
import type { Mailbox, User, VoiceMessage } from '@vaxel/core'
import type { Mailboxes } from './mailboxes.ts'

export type MailboxView = OperationReply<typeof listMyMailboxes>['items'][number]
export type MessageView = OperationReply<typeof listVoiceMessages>['items'][number]

const iso = (ms: number): string => new Date(ms).toISOString()

export function mailboxView(boxes: Mailboxes, box: Mailbox, user: Pick<User, 'id'>): MailboxView {
  const { newMessages, savedMessages, usedMs } = boxes.counts(box)
  const { awayUntilMs, ...settings } = boxes.settings(box)
  return {
    id: box.id,
    name: boxes.nameOf(box),
    number: boxes.numberOf(box),
    isOwn: box.userId === user.id,
    newMessages,
    savedMessages,
    usedSeconds: Math.round(usedMs / 1000),
    hasPin: box.pinHash !== undefined,
    settings: { ...settings, ...(awayUntilMs === undefined ? {} : { awayUntil: iso(awayUntilMs) }) },
    greetings: box.greetings.map(({ kind, durationMs, atMs, by }) => ({ kind, durationMs, at: iso(atMs), by })),
  }
}

export function messageView(message: VoiceMessage): MessageView {
  const { id, boxId, state, atMs, durationMs, from, callId, peaks, forwardedBy, comment, spokenComment } = message
  return {
    id,
    boxId,
    state: state === 'recording' ? 'new' : state,
    at: iso(atMs),
    durationMs,
    from: { ...from },
    ...(callId === undefined ? {} : { callId }),
    peaks: peaks ?? '',
    ...(forwardedBy === undefined ? {} : { forwardedBy: { ...forwardedBy } }),
    ...(comment === undefined ? {} : { comment }),
    ...(spokenComment === undefined ? {} : { spokenCommentMs: spokenComment.durationMs }),
  }
}
