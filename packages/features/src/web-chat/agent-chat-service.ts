import { type CompanyId, isRefusal, Pace, type Refusal, type UserId } from '@vaxel/base'
import {
  NotAllowed,
  NotFound,
  type OperationRequest,
  type commandWebChat,
  type Principal,
  TooManyRequests,
  WebChatNoVoice,
  WebChatOver,
} from '@vaxel/contract'
import type { WebChat } from '@vaxel/core'
import type { Conversations } from './conversations.ts'
import type { LiveChat } from './live-chat.ts'
import { allMessages, type WebChatParts } from './parts.ts'
import { type AgentView, agentView, messageView, type MessageView } from './views.ts'

/** The last of them: an agent goes on where the visitor is. */
const mostShown = 500

/** What agents may do in conversations with visitors: those of their queues to read, their own to write in. */
export class AgentChatService {
  readonly #parts: WebChatParts
  readonly #conversations: Conversations
  readonly #writes: Pace

  constructor(parts: WebChatParts, conversations: Conversations) {
    this.#parts = parts
    this.#conversations = conversations
    this.#writes = new Pace(parts.clock, { burst: 30, perSecond: 2 })
  }

  async read(principal: Principal, chatId: string): Promise<AgentView | Refusal> {
    const live = this.#conversations.live(chatId)
    const chat = live?.chat ?? (await this.#parts.webChats.find(chatId))
    if (!chat || !this.#maySee(principal, chat)) return NotFound()
    const messages = live
      ? live.messagesAfter(Math.max(0, live.count - mostShown))
      : await allMessages(this.#parts.webChats, chat.id)
    return agentView(chat, messages.slice(-mostShown), live, this.#mayOfferVoice(chat), this.#parts.directory)
  }

  async write(
    principal: Principal,
    chatId: string,
    { once, text }: { once: string; text: string },
  ): Promise<MessageView | Refusal> {
    const live = await this.#own(principal, chatId)
    if ('code' in live) return live
    const seconds = this.#writes.take(principal.userId)
    if (seconds > 0) return TooManyRequests('That was very fast.', { retryAfterSeconds: seconds })
    const userId = principal.userId as UserId
    const kept = await live.write({ from: 'agent', once, text, userId })
    return isRefusal(kept) ? kept : messageView(kept, this.#parts.directory)
  }

  async command(
    principal: Principal,
    chatId: string,
    verb: OperationRequest<typeof commandWebChat>['params']['verb'],
    { address }: { address?: string },
  ): Promise<Refusal | undefined> {
    if (verb === 'mailTranscript') return this.#mailTranscript(principal, chatId, address)
    const live = await this.#own(principal, chatId)
    if ('code' in live) return live
    const userId = principal.userId as UserId
    switch (verb) {
      case 'typing':
        live.agentTypes()
        return undefined
      case 'offerVoice':
        if (!this.#mayOfferVoice(live.chat)) return WebChatNoVoice()
        if (live.isVoiceOffered) return undefined
        live.isVoiceOffered = true
        await live.tell('voiceOffered', {}, { userId })
        return undefined
      case 'withdrawVoice':
        live.isVoiceOffered = false
        await live.change({})
        return undefined
      case 'end':
        await this.#conversations.end(live, 'ended', 'agent', userId)
        return undefined
    }
  }

  async #mailTranscript(principal: Principal, chatId: string, to: string | undefined): Promise<Refusal | undefined> {
    const live = this.#conversations.live(chatId)
    const chat = live?.chat ?? (await this.#parts.webChats.find(chatId))
    if (!chat || !this.#maySee(principal, chat)) return NotFound()
    // Only to the visitor themselves: an agent does not send customers' words elsewhere.
    if (chat.address === undefined || (to !== undefined && to !== chat.address)) return NotAllowed()
    return (await this.#conversations.mailTranscript(chat.id, chat.address)) ? undefined : TooManyRequests()
  }

  async #own(principal: Principal, chatId: string): Promise<LiveChat | Refusal> {
    const live = this.#conversations.live(chatId)
    if (live && this.#maySee(principal, live.chat))
      return live.chat.agentId === principal.userId ? live : NotAllowed('Somebody else has this conversation.')
    const chat = await this.#parts.webChats.find(chatId)
    return chat && this.#maySee(principal, chat) ? WebChatOver() : NotFound()
  }

  #mayOfferVoice({ siteId }: WebChat): boolean {
    return this.#parts.phones !== undefined && this.#parts.webChats.site(siteId)?.offersVoice === true
  }

  #maySee({ companyId, userId, role, isOperator }: Principal, chat: WebChat): boolean {
    if (chat.companyId !== (companyId as CompanyId)) return false
    if (isOperator || role === 'supervisor' || role === 'administrator') return true
    const agent = this.#parts.workDesk.centre(chat.companyId).agents.find((one) => one.userId === userId)
    return agent?.queues.some(({ queueId }) => queueId === chat.queueId) ?? false
  }
}
