import { isRefusal, makeId, type Refusal, type UserId, Pace } from '@vaxel/base'
import { GroupFull, NotFound, NotYourGroup, PairStays, TooFast, TooManyConversations } from '@vaxel/contract'
import type { ChatMember, ChatMessage, Conversation, ConversationId, LedgerEvent } from '@vaxel/core'
import { type ChatParts, everybodyIn, nameOf, type Person, type Seat, seatOf } from './dependencies.ts'
import { conversationEvent, writeConversation } from './write-conversation.ts'

const mostMembers = 200
const mostConversations = 5000
const typingToldMs = 2000

/** Which conversations there are, who is in them, and how far each has read. */
export class ConversationService {
  readonly #parts: ChatParts
  readonly #makeRate: Pace
  readonly #typingRate: Pace

  constructor(parts: ChatParts) {
    this.#parts = parts
    this.#makeRate = new Pace(parts.clock, { burst: 30, perSecond: 1 })
    this.#typingRate = new Pace(parts.clock, { burst: 1, perSecond: 1000 / typingToldMs })
  }

  /** The newest first, without pairs in which nothing was said. */
  list(person: Person, { limit, after }: { limit: number; after?: string }): { seats: Seat[]; next?: string } {
    const seats: Seat[] = []
    for (const conversation of this.#parts.chat.conversationsOf(person.userId)) {
      const member = conversation.members.find(({ userId }) => userId === person.userId)
      if (member && (conversation.pairKey === undefined || conversation.lastNumber > 0))
        seats.push({ conversation, member })
    }
    seats.sort((a, b) => (keyOf(a) < keyOf(b) ? 1 : -1))
    const rest = after === undefined ? seats : seats.filter((seat) => keyOf(seat) < after)
    const page = rest.slice(0, limit)
    return rest.length > limit ? { seats: page, next: keyOf(page.at(-1)!) } : { seats: page }
  }

  read(person: Person, conversationId: string): Seat | Refusal {
    return seatOf(this.#parts, person, conversationId)
  }

  /** The one conversation of two people. */
  async openPair(person: Person, withId: string): Promise<Seat | Refusal> {
    const { chat, turns } = this.#parts
    const other = this.#colleague(person, withId)
    if (isRefusal(other) || other === person.userId) return NotFound()
    const pairKey = [person.userId, other].sort().join(' ')
    const known = chat.pair(pairKey)
    if (known) return this.#seat(person, known)
    return turns.run(pairKey, async () => {
      const made = chat.pair(pairKey)
      if (made) return this.#seat(person, made)
      const conversation = this.#begin(person, [person.userId, other], { pairKey })
      if (isRefusal(conversation)) return conversation
      const refused = await this.#write(conversation, [], { by: person.userId, joined: [] })
      return refused ?? this.#seat(person, conversation)
    })
  }

  async makeGroup(person: Person, name: string, userIds: readonly string[]): Promise<Seat | Refusal> {
    const others: UserId[] = []
    for (const id of userIds) {
      const other = this.#colleague(person, id)
      if (isRefusal(other)) return other
      if (other !== person.userId) others.push(other)
    }
    const conversation = this.#begin(person, [person.userId, ...others], { name: name.trim() })
    if (isRefusal(conversation)) return conversation
    const named = this.#line(conversation, person.userId, 'named', { text: name.trim() })
    const begun = named.conversation
    const refused = await this.#write(begun, [named.message], { by: person.userId, joined: begun.members.map(toId) })
    return refused ?? this.#seat(person, begun)
  }

  async rename(person: Person, conversationId: string, name: string): Promise<Seat | Refusal> {
    return this.#asAdmin(person, conversationId, async ({ conversation }) => {
      if (conversation.name === name.trim()) return undefined
      const { conversation: after, message } = this.#line(
        { ...conversation, name: name.trim() },
        person.userId,
        'named',
        { text: name.trim() },
      )
      return this.#write(after, [message], { by: person.userId })
    })
  }

  async putMember(
    person: Person,
    conversationId: string,
    userId: string,
    isAdmin: boolean | undefined,
  ): Promise<Seat | Refusal> {
    return this.#asAdmin(person, conversationId, async ({ conversation }) => {
      const other = this.#colleague(person, userId)
      if (isRefusal(other)) return other
      const { members } = conversation
      const known = members.find((member) => member.userId === other)
      if (known) {
        if (isAdmin === undefined || known.isAdmin === isAdmin) return undefined
        const changed = members.map((member) => (member === known ? { ...known, isAdmin } : member))
        if (!changed.some((member) => member.isAdmin)) return NotYourGroup('Somebody must look after the group.')
        return this.#write({ ...conversation, members: changed }, [], { by: person.userId })
      }
      if (members.length >= mostMembers) return GroupFull()
      if (this.#hasTooMany(other)) return TooManyConversations('That person is in too many conversations.')
      const { conversation: after, message } = this.#line(conversation, person.userId, 'joined', { about: other })
      const fresh: ChatMember = {
        userId: other,
        isAdmin: isAdmin ?? false,
        fromNumber: conversation.lastNumber,
        readNumber: conversation.lastNumber,
      }
      const joined = [{ userId: other }]
      return this.#write({ ...after, members: [...after.members, fresh] }, [message], { by: person.userId, joined })
    })
  }

  async removeMember(person: Person, conversationId: string, userId: string): Promise<Refusal | undefined> {
    return this.#parts.turns.run(conversationId, async () => {
      const seat = seatOf(this.#parts, person, conversationId)
      if (isRefusal(seat)) return seat
      const { conversation, member } = seat
      if (conversation.pairKey !== undefined) return PairStays()
      const leaver = conversation.members.find((one) => one.userId === userId)
      if (!leaver) return NotFound()
      if (leaver !== member && !member.isAdmin) return NotYourGroup()
      const { conversation: after, message } = this.#line(conversation, person.userId, 'left', { about: leaver.userId })
      const members = withAdmin(after.members.filter((one) => one.userId !== leaver.userId))
      const left = [{ userId: leaver.userId }]
      return this.#write({ ...after, members }, [message], { by: person.userId, left })
    })
  }

  async markRead(person: Person, conversationId: string, number: number): Promise<Refusal | undefined> {
    const { chat, turns, notices, clock } = this.#parts
    return turns.run(conversationId, async () => {
      const seat = seatOf(this.#parts, person, conversationId)
      if (isRefusal(seat)) return seat
      const { conversation, member } = seat
      const upTo = Math.min(number, conversation.lastNumber)
      if (upTo <= member.readNumber) return undefined
      const refused = await chat.setRead(conversation.id, member.userId, upTo)
      if (refused) return refused
      notices.publish({
        companyId: conversation.companyId,
        kind: 'chat.read',
        atMs: clock.now(),
        to: everybodyIn(conversation),
        data: { conversationId: conversation.id, userId: member.userId, number: upTo },
      })
      return undefined
    })
  }

  typing(person: Person, conversationId: string): Refusal | undefined {
    const seat = seatOf(this.#parts, person, conversationId)
    if (isRefusal(seat)) return seat
    const { conversation, member } = seat
    if (this.#typingRate.take(`${member.userId} ${conversation.id}`) > 0) return undefined
    this.#parts.notices.publish({
      companyId: conversation.companyId,
      kind: 'chat.typing',
      atMs: this.#parts.clock.now(),
      to: everybodyIn(conversation).filter((userId) => userId !== member.userId),
      data: { conversationId: conversation.id, userId: member.userId, name: nameOf(this.#parts, member.userId) },
    })
    return undefined
  }

  #colleague({ companyId }: Person, userId: string): UserId | Refusal {
    const user = this.#parts.directory.user(userId as UserId)
    return user && user.companyId === companyId ? user.id : NotFound()
  }

  #seat(person: Person, conversation: Conversation): Seat | Refusal {
    return seatOf(this.#parts, person, conversation.id)
  }

  #begin(
    person: Person,
    userIds: readonly UserId[],
    more: Pick<Conversation, 'pairKey' | 'name'>,
  ): Conversation | Refusal {
    const retryAfterSeconds = this.#makeRate.take(person.userId)
    if (retryAfterSeconds > 0) return TooFast(undefined, { retryAfterSeconds })
    if (userIds.some((userId) => this.#hasTooMany(userId))) return TooManyConversations()
    const { clock, random } = this.#parts
    const isGroup = more.pairKey === undefined
    return {
      id: makeId<ConversationId>(clock.now(), random),
      companyId: person.companyId,
      ...more,
      createdBy: person.userId,
      createdAtMs: clock.now(),
      lastNumber: 0,
      revision: 0,
      lastAtMs: clock.now(),
      members: userIds.map((userId) => ({
        userId,
        isAdmin: isGroup && userId === person.userId,
        fromNumber: 0,
        readNumber: 0,
      })),
    }
  }

  #hasTooMany(userId: UserId): boolean {
    let count = 0
    for (const _ of this.#parts.chat.conversationsOf(userId)) count++
    return count >= mostConversations
  }

  /** A numbered line that says what became of a group; whoever does it has seen it. */
  #line(
    before: Conversation,
    by: UserId,
    kind: 'joined' | 'left' | 'named',
    what: { text?: string; about?: UserId },
  ): { conversation: Conversation; message: ChatMessage } {
    const { clock, random } = this.#parts
    const number = before.lastNumber + 1
    const revision = before.revision + 1
    const { text, about } = what
    return {
      conversation: {
        ...before,
        lastNumber: number,
        revision,
        lastAtMs: clock.now(),
        members: before.members.map((one) => (one.userId === by ? { ...one, readNumber: number } : one)),
      },
      message: {
        conversationId: before.id,
        number,
        revision,
        companyId: before.companyId,
        senderId: by,
        clientId: makeId(clock.now(), random),
        kind,
        atMs: clock.now(),
        ...(text === undefined ? {} : { text }),
        more: about === undefined ? {} : { about },
      },
    }
  }

  #write(
    conversation: Conversation,
    added: readonly ChatMessage[],
    data: LedgerEvent['data'],
  ): Promise<Refusal | undefined> {
    const event = conversationEvent(this.#parts, 'chat.membersChanged', conversation, data)
    return writeConversation(this.#parts, { conversation, added, event })
  }

  /** In turn, by somebody who looks after the group; resolves with how it is then. */
  async #asAdmin(
    person: Person,
    conversationId: string,
    change: (seat: Seat) => Promise<Refusal | undefined>,
  ): Promise<Seat | Refusal> {
    return this.#parts.turns.run(conversationId, async () => {
      const seat = seatOf(this.#parts, person, conversationId)
      if (isRefusal(seat)) return seat
      if (seat.conversation.pairKey !== undefined) return PairStays()
      if (!seat.member.isAdmin) return NotYourGroup()
      return (await change(seat)) ?? seatOf(this.#parts, person, conversationId)
    })
  }
}

/** Sorts by time, then identifier. */
const keyOf = ({ conversation }: Seat): string =>
  `${String(conversation.lastAtMs).padStart(16, '0')} ${conversation.id}`

const toId = ({ userId }: ChatMember) => ({ userId })

/** Somebody must look after a group: else the one who is there longest. */
function withAdmin(members: readonly ChatMember[]): readonly ChatMember[] {
  if (members.length === 0 || members.some(({ isAdmin }) => isAdmin)) return members
  return members.map((member, i) => (i === 0 ? { ...member, isAdmin: true } : member))
}
