import type { Brand, CompanyId, DeviceId, Refusal, UserId } from '@vaxel/base'
import type { LedgerEvent } from './call-ledger.ts'

export type ConversationId = Brand<'ConversationId'>
export type ChatFileId = Brand<'ChatFileId'>

/** Somebody in a conversation. */
export interface ChatMember {
  readonly userId: UserId
  /** May name a group and say who is in it. */
  readonly isAdmin: boolean
  /** Messages after this number are theirs to see: who comes later does not see what was said before. */
  readonly fromNumber: number
  /** Has seen all up to this number. */
  readonly readNumber: number
}

/** Two people, or a named group of people, of one company. */
export interface Conversation {
  readonly id: ConversationId
  readonly companyId: CompanyId
  /** Both identifiers in order, for the one conversation that two people have; absent: a group. */
  readonly pairKey?: string
  /** Of a group. */
  readonly name?: string
  readonly createdBy: UserId
  readonly createdAtMs: number
  /** Of the newest message, 0 before the first; numbers count up by one, so whoever has them all knows that. */
  readonly lastNumber: number
  /** Counts up by one with each message and each change of one. */
  readonly revision: number
  readonly lastAtMs: number
  readonly members: readonly ChatMember[]
}

/** A message, or a line that says what became of the group. */
export type ChatMessageKind = 'text' | 'joined' | 'left' | 'named'

export interface ChatMessage {
  readonly conversationId: ConversationId
  readonly number: number
  /** That of the conversation when the message was written, or last changed. */
  readonly revision: number
  readonly companyId: CompanyId
  readonly senderId: UserId
  /** Made by whoever sends, the same when it is sent again. */
  readonly clientId: string
  readonly kind: ChatMessageKind
  readonly atMs: number
  /** Absent when it was deleted. */
  readonly text?: string
  /** As it is searched. */
  readonly folded?: string
  readonly editedAtMs?: number
  readonly goneAtMs?: number
  readonly more: {
    /** Who is called by their name in it. */
    readonly mentions?: readonly UserId[]
    readonly fileIds?: readonly ChatFileId[]
    /** Whom `joined` and `left` are about. */
    readonly about?: UserId
    /** Why the text is gone: the sender, the company's time for keeping, or its administrator. */
    readonly goneBy?: 'sender' | 'retention' | 'administrator'
    /** The device that sent it as a SIP MESSAGE. */
    readonly deviceId?: DeviceId
  }
}

/** A file that is whole on disk. */
export interface ChatFile {
  readonly id: ChatFileId
  readonly companyId: CompanyId
  readonly conversationId: ConversationId
  /** The message that it came with; absent while there is none. */
  readonly messageNumber?: number
  readonly uploaderId: UserId
  readonly sizeBytes: number
  readonly atMs: number
  readonly more: {
    readonly name: string
    /** As the bytes say. */
    readonly mediaType: string
    readonly widthPixels?: number
    readonly heightPixels?: number
    /** `none`: nobody looked for viruses. */
    readonly scan: 'none' | 'clean'
  }
}

/** A message that a phone has not been given yet. */
export interface ChatDelivery {
  readonly deviceId: DeviceId
  readonly companyId: CompanyId
  readonly conversationId: ConversationId
  readonly number: number
  readonly atMs: number
}

/** What a company wants of its chat. */
export interface ChatPolicy {
  /** Texts and files are deleted after so many days; absent: kept. */
  readonly retentionDays?: number
  readonly mostFileBytes: number
  readonly quotaBytes: number
  /** A sender may change or delete a message for so long. */
  readonly editMinutes: number
}

/** What is written together or not at all. */
export interface ChatWrite {
  /** Whole, over what was; members too. */
  readonly conversation?: Conversation
  readonly added?: readonly ChatMessage[]
  readonly changed?: readonly ChatMessage[]
  /** Files that now belong to the message of this number. */
  readonly attach?: { readonly fileIds: readonly ChatFileId[]; readonly number: number }
  /** Their rows go; what lies on disk is removed after it. */
  readonly removedFiles?: readonly ChatFile[]
  readonly deliveries?: readonly ChatDelivery[]
  readonly event?: LedgerEvent
}

/** Conversations in memory, what was said in the database. Everything is durable when it resolves. */
export interface ChatStore {
  conversation(id: ConversationId): Conversation | undefined
  pair(pairKey: string): Conversation | undefined
  /** In no order. */
  conversationsOf(userId: UserId): Iterable<Conversation>
  policy(companyId: CompanyId): ChatPolicy
  setPolicy(companyId: CompanyId, policy: ChatPolicy, event: LedgerEvent): Promise<Refusal | undefined>
  /** Writes of one conversation come one after another, from its one owner. A refusal: the database is away. */
  write(write: ChatWrite): Promise<Refusal | undefined>
  /** Takes what the database says of a conversation, after a write of which it is not known whether it was taken. */
  reread(id: ConversationId): Promise<void>
  /** As {@link write}, for what is only somebody's own: how far they have read. */
  setRead(id: ConversationId, userId: UserId, number: number): Promise<Refusal | undefined>
  message(id: ConversationId, number: number): Promise<ChatMessage | undefined>
  messageByClientId(id: ConversationId, senderId: UserId, clientId: string): Promise<ChatMessage | undefined>
  /** Oldest first. `before` gives those nearest to it, `after` too; `changedAfter` by revision. */
  messages(
    id: ConversationId,
    filter: {
      readonly fromNumber: number
      readonly before?: number
      readonly after?: number
      readonly changedAfter?: number
      readonly limit: number
    },
  ): Promise<readonly ChatMessage[]>
  /** The newest message of each. */
  lastMessages(conversations: readonly Conversation[]): Promise<ReadonlyMap<ConversationId, ChatMessage>>
  /** Newest first: messages that hold every word, in conversations of the user, as far as they see them. */
  search(filter: {
    readonly userId: UserId
    readonly words: readonly string[]
    readonly conversationId?: ConversationId
    /** The last one that was seen: several may have been said in the same moment. */
    readonly before?: { readonly atMs: number; readonly conversationId: string; readonly number: number }
    readonly limit: number
  }): Promise<readonly ChatMessage[]>
  /** Texts of a company that are older, or one user's; oldest first. */
  erasable(filter: {
    readonly companyId: CompanyId
    readonly beforeMs: number
    readonly senderId?: UserId
    readonly limit: number
  }): Promise<readonly ChatMessage[]>
  file(id: ChatFileId): Promise<ChatFile | undefined>
  files(ids: readonly ChatFileId[]): Promise<readonly ChatFile[]>
  /** Files that no message has taken, older than this. */
  looseFiles(beforeMs: number): Promise<readonly ChatFile[]>
  usedBytes(companyId: CompanyId): number
  deliveriesOf(deviceId: DeviceId, limit: number): Promise<readonly ChatDelivery[]>
  /** Phones for which something waits. */
  waitingDevices(): Promise<readonly DeviceId[]>
  removeDeliveries(deliveries: readonly ChatDelivery[]): Promise<void>
  /** Those of longer ago are given up. */
  removeDeliveriesBefore(atMs: number): Promise<void>
}

/** Files of chat, sealed on disk. Nothing is ever whole in memory. */
export interface ChatFiles {
  /** The size that pieces but the last must be a multiple of. */
  readonly pieceBytes: number
  /** Begins a file. Nothing of it outlives a restart until {@link FileUpload.finish}. */
  begin(id: ChatFileId): Promise<FileUpload>
  /** Bytes from `start` to before `end` of a file that is whole. Throws when it was tampered with. */
  read(file: ChatFile, start: number, end: number): AsyncIterable<Uint8Array>
  remove(id: ChatFileId): Promise<void>
  /** Removes what no row knows and no upload is writing. */
  sweep(): Promise<number>
}

export interface FileUpload {
  readonly uploadedBytes: number
  /** The first bytes of the file, to see what it is. */
  readonly head: Uint8Array
  append(piece: Uint8Array): Promise<void>
  /** Makes the file durable, then its row. */
  finish(file: ChatFile): Promise<Refusal | undefined>
  abandon(): Promise<void>
}

/** Looks for viruses; without one, files say that nobody looked. */
export interface FileScanner {
  readonly name: string
  /** `infected` with what was found. */
  scan(content: AsyncIterable<Uint8Array>): Promise<{ readonly infected: string | undefined }>
}

/** Tells people who are away that somebody wrote. */
export interface MessageAlerts {
  /** Must return at once; what becomes of it is its own affair. */
  messageWaits(alert: {
    readonly companyId: CompanyId
    readonly userId: UserId
    readonly conversationId: string
    readonly senderName: string
    readonly groupName?: string
    /** The first line. */
    readonly text: string
    readonly isMention: boolean
    readonly unread: number
  }): void
}
