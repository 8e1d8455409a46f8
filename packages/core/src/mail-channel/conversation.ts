import type { MailConversation, MailConversationState, MailNature } from '../ports/mail-channel.ts'

/** What happens to a conversation. */
export type ConversationEvent =
  | { readonly kind: 'came'; readonly nature: MailNature; readonly isSpam: boolean; readonly hasFailed: boolean }
  | { readonly kind: 'answered' }
  | { readonly kind: 'closed' | 'reopened' | 'marked' | 'unmarked' }
  | { readonly kind: 'moved'; readonly queueId: string }
  | { readonly kind: 'noted' }
  | { readonly kind: 'forwarded' }

/** What a change of a conversation means for its work: it begins, ends, or goes to another queue. */
export type WorkChange = 'begins' | 'ends' | 'moves' | undefined

export interface ConversationChange {
  readonly conversation: MailConversation
  readonly work: WorkChange
}

/**
 * The machine of a conversation. Open means that a customer waits: its work is in a queue exactly as long.
 * Machines' answers, reports of success and our own mails that come back are kept and open nothing; a bounce of an answer does, since the
 * customer did not get it. What comes to one that is marked as spam stays there.
 */
export function changeConversation(
  before: MailConversation,
  event: ConversationEvent,
  nowMs: number,
): ConversationChange {
  const { waitingSinceMs: _, ...rest } = before
  const came = event.kind === 'came'
  const isMail = came || event.kind === 'answered' || event.kind === 'noted' || event.kind === 'forwarded'
  const after = stateAfter(before.state, event)
  const base: MailConversation = {
    ...rest,
    state: after,
    revision: before.revision + 1,
    mails: before.mails + (isMail ? 1 : 0),
    lastAtMs: isMail ? nowMs : before.lastAtMs,
    hasBounced: came && event.hasFailed ? true : event.kind === 'answered' ? false : before.hasBounced,
    ...(event.kind === 'moved' ? { queueId: event.queueId } : {}),
    ...(after === 'open' ? { waitingSinceMs: before.waitingSinceMs ?? nowMs } : {}),
  }
  const wasOpen = before.state === 'open'
  if (after === 'open' && !wasOpen) return { conversation: base, work: 'begins' }
  if (after !== 'open' && wasOpen) return { conversation: base, work: 'ends' }
  return { conversation: base, work: after === 'open' && event.kind === 'moved' ? 'moves' : undefined }
}

function stateAfter(state: MailConversationState, event: ConversationEvent): MailConversationState {
  switch (event.kind) {
    case 'came':
      if (state === 'spam') return 'spam'
      if (event.isSpam) return state
      return wantsAnswer(event) ? 'open' : state
    case 'answered':
      return 'answered'
    case 'closed':
      return 'closed'
    case 'marked':
      return 'spam'
    case 'reopened':
    case 'unmarked':
      return 'open'
    case 'moved':
    case 'noted':
    case 'forwarded':
      return state
  }
}

/** In which state a conversation begins with its first mail. */
export function firstState(event: Extract<ConversationEvent, { kind: 'came' }>): MailConversationState {
  if (event.isSpam) return 'spam'
  return wantsAnswer(event) ? 'open' : 'closed'
}

const wantsAnswer = ({ nature, hasFailed }: { nature: MailNature; hasFailed: boolean }): boolean =>
  nature === 'person' || nature === 'list' || (nature === 'bounce' && hasFailed)
