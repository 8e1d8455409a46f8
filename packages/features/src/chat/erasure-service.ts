import type { CompanyId, Refusal, UserId } from '@vaxel/base'
import type { ChatMessage, ChatPolicy, ConversationId } from '@vaxel/core'
import type { ChatParts } from './dependencies.ts'
import { goneMessage } from './message-service.ts'
import { conversationEvent, writeConversation } from './write-conversation.ts'

const batch = 200
const dayMs = 24 * 60 * 60 * 1000

interface Erased {
  readonly messages: number
  readonly files: number
}

/** How long texts and files are kept, and deleting them for good. */
export class ErasureService {
  readonly #parts: ChatParts

  constructor(parts: ChatParts) {
    this.#parts = parts
  }

  async setPolicy(companyId: CompanyId, policy: ChatPolicy, by: string): Promise<Refusal | undefined> {
    const { chat, clock } = this.#parts
    const data = { by, before: chat.policy(companyId), after: policy }
    return chat.setPolicy(companyId, policy, { kind: 'chat.policyChanged', atMs: clock.now(), companyId, data })
  }

  /** Deletes what is older than its company wants it kept. */
  async eraseOld(): Promise<void> {
    const { directory, chat, clock } = this.#parts
    for (const { id } of directory.companies()) {
      const { retentionDays } = chat.policy(id)
      if (retentionDays === undefined) continue
      const beforeMs = clock.now() - retentionDays * dayMs
      await this.#erase({ companyId: id, beforeMs }, 'retention', { by: 'retention' })
    }
  }

  /** Deletes what somebody has said, all of it. */
  async eraseUser(companyId: CompanyId, userId: UserId, by: string): Promise<Erased | Refusal> {
    const beforeMs = Number.MAX_SAFE_INTEGER
    return this.#erase({ companyId, beforeMs, senderId: userId }, 'administrator', { by, userId })
  }

  async #erase(
    filter: { companyId: CompanyId; beforeMs: number; senderId?: UserId },
    goneBy: 'retention' | 'administrator',
    data: { by: string; userId?: string },
  ): Promise<Erased | Refusal> {
    let [messages, files] = [0, 0]
    let refused: Refusal | undefined
    while (!refused) {
      const found = await this.#parts.chat.erasable({ ...filter, limit: batch })
      if (found.length === 0) break
      for (const [id, some] of Map.groupBy(found, ({ conversationId }) => conversationId)) {
        const outcome = await this.#parts.turns.run(id, () => this.#eraseFrom(id, some, goneBy))
        if (typeof outcome === 'number') files += outcome
        else refused = outcome
        if (refused) break
        messages += some.length
      }
    }
    if (messages > 0)
      await this.#parts.chat.write({
        event: {
          kind: 'chat.erased',
          atMs: this.#parts.clock.now(),
          companyId: filter.companyId,
          data: { ...data, messages, files },
        },
      })
    return refused ?? { messages, files }
  }

  /** Each message takes a revision of its own, so that whoever was away hears of all of them. */
  async #eraseFrom(
    id: ConversationId,
    messages: readonly ChatMessage[],
    goneBy: 'retention' | 'administrator',
  ): Promise<number | Refusal> {
    const { chat, clock, chatFiles } = this.#parts
    const before = chat.conversation(id)
    if (!before) return 0
    const removedFiles = await chat.files(messages.flatMap(({ more }) => more.fileIds ?? []))
    const conversation = { ...before, revision: before.revision + messages.length }
    const changed = messages.map((message, i) => ({
      ...goneMessage(message, goneBy, clock.now()),
      revision: before.revision + 1 + i,
    }))
    const event = conversationEvent(this.#parts, 'chat.changed', conversation, { message: messages.at(-1)!.number })
    const refused = await writeConversation(this.#parts, { conversation, changed, removedFiles, event })
    if (refused) return refused
    await Promise.all(removedFiles.map((file) => chatFiles.remove(file.id)))
    return removedFiles.length
  }
}
