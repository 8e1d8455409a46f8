import type { UserId } from '@vaxel/base'
import type { Conversation, ConversationId } from '@vaxel/core'

/** All conversations with their members: who may see what is asked with every event, so it is never read from disk. */
export class ChatMemory {
  readonly #byId = new Map<ConversationId, Conversation>()
  readonly #byPair = new Map<string, ConversationId>()
  readonly #ofUser = new Map<UserId, Set<ConversationId>>()

  get(id: ConversationId): Conversation | undefined {
    return this.#byId.get(id)
  }

  pair(key: string): Conversation | undefined {
    const id = this.#byPair.get(key)
    return id && this.#byId.get(id)
  }

  *ofUser(userId: UserId): Iterable<Conversation> {
    for (const id of this.#ofUser.get(userId) ?? []) yield this.#byId.get(id)!
  }

  put(conversation: Conversation): void {
    const { id, pairKey, members } = conversation
    const before = this.#byId.get(id)
    this.#byId.set(id, conversation)
    if (pairKey !== undefined) this.#byPair.set(pairKey, id)
    if (before?.members === members) return
    for (const { userId } of before?.members ?? []) this.#ofUser.get(userId)?.delete(id)
    for (const { userId } of members) {
      const own = this.#ofUser.get(userId) ?? new Set()
      this.#ofUser.set(userId, own.add(id))
    }
  }

  /** What the database has removed with users and companies. */
  forget(isUserGone: (userId: UserId) => boolean, isCompanyGone: (conversation: Conversation) => boolean): void {
    for (const conversation of [...this.#byId.values()]) {
      if (isCompanyGone(conversation)) this.#remove(conversation)
      else if (conversation.members.some(({ userId }) => isUserGone(userId)))
        this.put({ ...conversation, members: conversation.members.filter(({ userId }) => !isUserGone(userId)) })
    }
  }

  #remove({ id, pairKey, members }: Conversation): void {
    this.#byId.delete(id)
    if (pairKey !== undefined) this.#byPair.delete(pairKey)
    for (const { userId } of members) this.#ofUser.get(userId)?.delete(id)
  }
}
