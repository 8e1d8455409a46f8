import type { Clock, CompanyId, Logger, RandomBytes, Refusal, UserId } from '@vaxel/base'
import { NotFound, type Principal } from '@vaxel/contract'
import type {
  ChatFiles,
  ChatMember,
  ChatStore,
  Conversation,
  ConversationId,
  DetectMediaType,
  Directory,
  FileScanner,
  MessageAlerts,
  Notices,
} from '@vaxel/core'
import type { OwnTurn } from './own-turn.ts'

export interface ChatDependencies {
  readonly chat: ChatStore
  readonly chatFiles: ChatFiles
  readonly directory: Directory
  readonly notices: Notices
  readonly clock: Clock
  readonly random: RandomBytes
  readonly log: Logger
  readonly detectMediaType: DetectMediaType
  readonly scanner?: FileScanner
  readonly alerts?: MessageAlerts
}

export interface ChatParts extends ChatDependencies {
  readonly turns: OwnTurn
}

/** Who asks. */
export interface Person {
  readonly userId: UserId
  readonly companyId: CompanyId
}

/** The user who asks; nobody chats in another company than the own one, not even the operator. */
export function personOf({ directory }: ChatParts, { userId, companyId }: Principal): Person | Refusal {
  const user = directory.user(userId as UserId)
  return user && user.companyId === companyId ? { userId: user.id, companyId: user.companyId } : NotFound()
}

/** A conversation as somebody in it sees it. */
export interface Seat {
  readonly conversation: Conversation
  readonly member: ChatMember
}

export function seatOf({ chat }: ChatParts, person: Person, conversationId: string): Seat | Refusal {
  const conversation = chat.conversation(conversationId as ConversationId)
  const member = conversation?.members.find(({ userId }) => userId === person.userId)
  return conversation && member && conversation.companyId === person.companyId ? { conversation, member } : NotFound()
}

export const nameOf = ({ directory }: ChatParts, userId: UserId): string => directory.user(userId)?.displayName ?? ''

/** For what is told on open screens to everybody in it. */
export const everybodyIn = ({ members }: Conversation): readonly UserId[] => members.map(({ userId }) => userId)
