import { type Refusal, Slots, type UserId } from '@vaxel/base'
import { MailTooLarge, mostMailFileBytes, mostMailFiles } from '@vaxel/contract'
import type { MailAddress, MailConversation, MailDraft } from '@vaxel/core'
import type { MailChannelDependencies } from './parts.ts'

/** What people are writing, kept as they type: a browser that dies loses nothing. */
export class MailDrafts {
  readonly #parts: MailChannelDependencies
  /** A draft is read and written in one turn: a file and the next word come at the same moment, from two tabs too. */
  readonly #turns = new Slots(1)

  constructor(parts: MailChannelDependencies) {
    this.#parts = parts
  }

  async put(
    conversation: MailConversation,
    userId: UserId,
    wish: {
      readonly text: string
      readonly to?: readonly MailAddress[]
      readonly cc?: readonly MailAddress[]
      readonly subject?: string
      readonly files?: readonly string[]
    },
  ): Promise<MailDraft> {
    return this.#turns.use(async () => {
      const before = await this.#parts.store.draft(conversation.id, userId)
      const { files: wanted, ...rest } = wish
      const files = (before?.files ?? []).filter(({ file }) => wanted === undefined || wanted.includes(file))
      return this.#keep(conversation, { ...rest, conversationId: conversation.id, userId, files, atMs: 0 })
    })
  }

  async addFile(
    conversation: MailConversation,
    userId: UserId,
    name: string,
    content: Uint8Array,
  ): Promise<MailDraft | Refusal> {
    const { store, files } = this.#parts
    const before = await store.draft(conversation.id, userId)
    const kept = before?.files ?? []
    const size = kept.reduce((sum, { sizeBytes }) => sum + sizeBytes, content.length)
    if (kept.length >= mostMailFiles || size > mostMailFileBytes) return MailTooLarge()
    const written = await files.write(conversation.companyId, content)
    const part = { name: cleanName(name), mediaType: 'application/octet-stream', isInline: false, ...written }
    // What was typed while the file was on its way stays.
    return this.#turns.use(async () => {
      const now = await store.draft(conversation.id, userId)
      const text = now?.text ?? ''
      return this.#keep(conversation, {
        ...now,
        conversationId: conversation.id,
        userId,
        text,
        files: [...(now?.files ?? []), part],
        atMs: 0,
      })
    })
  }

  async #keep(conversation: MailConversation, draft: MailDraft): Promise<MailDraft> {
    const kept = { ...draft, atMs: this.#parts.clock.now() }
    await this.#parts.store.putDraft(kept, conversation.companyId)
    return kept
  }
}

/** No path, no controls. */
const cleanName = (name: string): string =>
  (name.split(/[/\\]/).at(-1) ?? '').replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '').trim() || 'file'
