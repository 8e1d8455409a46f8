import { type DeviceId, isRefusal, type Refusal, type UserId, Pace } from '@vaxel/base'
import { MessageGone, NotFound, NothingSaid, TooFast, TooLateToChange } from '@vaxel/contract'
import {
  type ChatDelivery,
  type ChatFile,
  type ChatFileId,
  type ChatMessage,
  type Conversation,
  foldText,
} from '@vaxel/core'
import { type ChatParts, type Person, type Seat, seatOf } from './dependencies.ts'
import { conversationEvent, writeConversation } from './write-conversation.ts'

/** What somebody says. */
export interface Said {
  readonly clientId: string
  readonly text?: string
  readonly fileIds?: readonly string[]
  readonly mentions?: readonly string[]
  /** The device that said it by a SIP MESSAGE. */
  readonly deviceId?: DeviceId
}

/** Told when something was said and is durable. */
export type OnPosted = (message: ChatMessage, conversation: Conversation) => void

const usualPage = 50

/** Saying, changing and finding what was said. */
export class MessageService {
  readonly #parts: ChatParts
  readonly #sendRate: Pace
  readonly #searchRate: Pace
  readonly #deliveriesTo: (receiver: UserId, except: DeviceId | undefined) => readonly DeviceId[]
  readonly #onPosted: OnPosted

  constructor(options: {
    parts: ChatParts
    /** Phones of a user that take messages. */
    deliveriesTo: (receiver: UserId, except: DeviceId | undefined) => readonly DeviceId[]
    onPosted: OnPosted
  }) {
    this.#parts = options.parts
    this.#deliveriesTo = options.deliveriesTo
    this.#onPosted = options.onPosted
    const { clock } = options.parts
    this.#sendRate = new Pace(clock, { burst: 30, perSecond: 2 })
    this.#searchRate = new Pace(clock, { burst: 30, perSecond: 3 })
  }

  /** What was said, once for each `clientId`. */
  async post(person: Person, conversationId: string, said: Said): Promise<ChatMessage | Refusal> {
    const text = said.text?.trim() ?? ''
    if (text === '' && !said.fileIds?.length) return NothingSaid()
    const retryAfterSeconds = this.#sendRate.take(person.userId)
    if (retryAfterSeconds > 0) return TooFast(undefined, { retryAfterSeconds })
    const { chat, turns } = this.#parts
    return turns.run(conversationId, async () => {
      const seat = seatOf(this.#parts, person, conversationId)
      if (isRefusal(seat)) return seat
      const known = await chat.messageByClientId(seat.conversation.id, person.userId, said.clientId)
      if (known) return known
      const files = await this.#filesOf(seat, said.fileIds ?? [])
      if (isRefusal(files)) return files
      return this.#write(seat, { ...said, text }, files)
    })
  }

  async edit(
    person: Person,
    conversationId: string,
    number: number,
    change: { readonly text: string; readonly mentions?: readonly string[] },
  ): Promise<ChatMessage | Refusal> {
    const text = change.text.trim()
    if (text === '') return NothingSaid()
    return this.#change(person, conversationId, number, async (message, { conversation }) => {
      if (message.goneAtMs !== undefined) return MessageGone()
      const { mentions: _, ...more } = message.more
      const mentions = membersAmong(conversation, change.mentions ?? [])
      return {
        ...message,
        text,
        folded: foldText(text),
        editedAtMs: this.#parts.clock.now(),
        more: mentions.length > 0 ? { ...more, mentions } : more,
      }
    })
  }

  /** Text and files go, the number stays. */
  async remove(person: Person, conversationId: string, number: number): Promise<ChatMessage | Refusal> {
    return this.#change(person, conversationId, number, async (message) =>
      message.goneAtMs === undefined ? goneMessage(message, 'sender', this.#parts.clock.now()) : message,
    )
  }

  async list(
    person: Person,
    conversationId: string,
    filter: { before?: number; after?: number; changedAfter?: number; limit?: number },
  ): Promise<{ messages: readonly ChatMessage[]; hasMore: boolean; revision: number } | Refusal> {
    const seat = seatOf(this.#parts, person, conversationId)
    if (isRefusal(seat)) return seat
    const { limit = usualPage } = filter
    const { id, revision } = seat.conversation
    const { fromNumber } = seat.member
    const found = await this.#parts.chat.messages(id, { ...filter, fromNumber, limit: limit + 1 })
    const isForward = filter.after !== undefined || filter.changedAfter !== undefined
    const messages = isForward ? found.slice(0, limit) : found.slice(-limit)
    return { messages, hasMore: found.length > limit, revision }
  }

  async search(
    person: Person,
    filter: { text: string; conversationId?: string; limit?: number; after?: string },
  ): Promise<{ messages: readonly ChatMessage[]; next?: string } | Refusal> {
    const retryAfterSeconds = this.#searchRate.take(person.userId)
    if (retryAfterSeconds > 0) return TooFast(undefined, { retryAfterSeconds })
    const { limit = 30, conversationId, after } = filter
    const words = foldText(filter.text).split(/\s+/).filter(Boolean).slice(0, 10)
    if (words.length === 0) return { messages: [] }
    const seat = conversationId === undefined ? undefined : seatOf(this.#parts, person, conversationId)
    if (isRefusal(seat)) return seat
    const [at, id = '', number] = after?.split(' ') ?? []
    const found = await this.#parts.chat.search({
      userId: person.userId,
      words,
      limit: limit + 1,
      ...(seat ? { conversationId: seat.conversation.id } : {}),
      ...(at === undefined
        ? {}
        : { before: { atMs: Number(at) || 0, conversationId: id, number: Number(number) || 0 } }),
    })
    const messages = found.slice(0, limit)
    const last = messages.at(-1)
    return found.length > limit && last
      ? { messages, next: `${last.atMs} ${last.conversationId} ${last.number}` }
      : { messages }
  }

  async #write(seat: Seat, said: Said & { text: string }, files: readonly ChatFile[]): Promise<ChatMessage | Refusal> {
    const { clock } = this.#parts
    const { conversation: before, member } = seat
    const number = before.lastNumber + 1
    const mentions = membersAmong(before, said.mentions ?? [])
    const conversation: Conversation = {
      ...before,
      lastNumber: number,
      revision: before.revision + 1,
      lastAtMs: clock.now(),
      // Whoever says something has seen what was said before.
      members: before.members.map((one) => (one === member ? { ...one, readNumber: number } : one)),
    }
    const message: ChatMessage = {
      conversationId: before.id,
      number,
      revision: conversation.revision,
      companyId: before.companyId,
      senderId: member.userId,
      clientId: said.clientId,
      kind: 'text',
      atMs: clock.now(),
      ...(said.text === '' ? {} : { text: said.text }),
      folded: foldText([said.text, ...files.map(({ more }) => more.name)].join('\n')),
      more: {
        ...(mentions.length > 0 ? { mentions } : {}),
        ...(files.length > 0 ? { fileIds: files.map(({ id }) => id) } : {}),
        ...(said.deviceId === undefined ? {} : { deviceId: said.deviceId }),
      },
    }
    const refused = await writeConversation(this.#parts, {
      conversation,
      added: [message],
      attach: { fileIds: files.map(({ id }) => id), number },
      deliveries: this.#deliveries(message, before, said.deviceId),
      event: conversationEvent(this.#parts, 'chat.posted', conversation, { message: number, userId: member.userId }),
    })
    if (refused) return refused
    this.#onPosted(message, conversation)
    return message
  }

  /** Phones know conversations of two only. */
  #deliveries(message: ChatMessage, { pairKey, members }: Conversation, from: DeviceId | undefined): ChatDelivery[] {
    if (pairKey === undefined) return []
    const { companyId, conversationId, number, atMs, senderId } = message
    return members
      .filter(({ userId }) => userId !== senderId)
      .flatMap(({ userId }) => this.#deliveriesTo(userId, from))
      .map((deviceId) => ({ deviceId, companyId, conversationId, number, atMs }))
  }

  async #filesOf({ conversation, member }: Seat, ids: readonly string[]): Promise<readonly ChatFile[] | Refusal> {
    const found = await this.#parts.chat.files(ids as readonly ChatFileId[])
    const isFree = (file: ChatFile) =>
      file.conversationId === conversation.id && file.uploaderId === member.userId && file.messageNumber === undefined
    const ordered = ids.map((id) => found.find((file) => file.id === id && isFree(file)))
    return ordered.every((file) => file !== undefined)
      ? ordered
      : NotFound('One of the files is not there, or was sent already.')
  }

  async #change(
    person: Person,
    conversationId: string,
    number: number,
    become: (message: ChatMessage, seat: Seat) => Promise<ChatMessage | Refusal>,
  ): Promise<ChatMessage | Refusal> {
    const { chat, clock, turns } = this.#parts
    const { editMinutes } = chat.policy(person.companyId)
    const changed = await turns.run(conversationId, async () => {
      const seat = seatOf(this.#parts, person, conversationId)
      if (isRefusal(seat)) return seat
      const message = await chat.message(seat.conversation.id, number)
      if (!message || message.senderId !== person.userId || message.kind !== 'text') return NotFound()
      if (clock.now() > message.atMs + editMinutes * 60_000) return TooLateToChange()
      const after = await become(message, seat)
      if (isRefusal(after) || after === message) return after
      const conversation = { ...seat.conversation, revision: seat.conversation.revision + 1 }
      const removedFiles = after.goneAtMs === undefined ? [] : await chat.files(message.more.fileIds ?? [])
      const written = { ...after, revision: conversation.revision }
      const refused = await writeConversation(this.#parts, {
        conversation,
        changed: [written],
        removedFiles,
        event: conversationEvent(this.#parts, 'chat.changed', conversation, { message: number }),
      })
      if (refused) return refused
      await Promise.all(removedFiles.map(({ id }) => this.#parts.chatFiles.remove(id)))
      return written
    })
    return changed
  }
}

/** A message whose text and files were deleted. */
export function goneMessage(
  message: ChatMessage,
  goneBy: NonNullable<ChatMessage['more']['goneBy']>,
  nowMs: number,
): ChatMessage {
  const { text: _, folded: __, ...rest } = message
  const { deviceId } = message.more
  return { ...rest, goneAtMs: nowMs, more: { goneBy, ...(deviceId === undefined ? {} : { deviceId }) } }
}

const membersAmong = ({ members }: Conversation, ids: readonly string[]): UserId[] =>
  members.map(({ userId }) => userId).filter((id) => ids.includes(id))
