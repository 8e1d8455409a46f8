import type { Timer, UserId } from '@vaxel/base'
import type { OperationHandler } from '@vaxel/contract'
import type { Binding, BindingStore, ChatMessage, Conversation, ConversationId } from '@vaxel/core'
import type { Flow, IncomingRequest, SipStack } from '@vaxel/sip'
import { chatHandlers } from './api.ts'
import { ConversationService } from './conversation-service.ts'
import { type ChatDependencies, type ChatParts, nameOf } from './dependencies.ts'
import { ErasureService } from './erasure-service.ts'
import { FileService } from './file-service.ts'
import { MessageService } from './message-service.ts'
import { OwnTurn } from './own-turn.ts'
import { DeviceDeliveries } from './sip/device-deliveries.ts'
import { type Authentication, takeMessage } from './sip/take-message.ts'

/** The way to phones; without it, chat is in the web app only. */
export interface ChatPhones {
  readonly bindings: BindingStore
  readonly stack: SipStack
  readonly flowOf: (binding: Binding) => Promise<Flow | undefined>
  readonly authenticate: (incoming: IncomingRequest) => Authentication
}

/** Conversations between colleagues, in the web app and on phones. */
export interface ChatFeature {
  readonly handlers: readonly OperationHandler[]
  /** For the event stream: who may hear of a conversation. */
  isInConversation(conversationId: string, userId: UserId): boolean
  /** A MESSAGE request (RFC 3428). */
  onMessage(incoming: IncomingRequest): void
  bindingsChanged(bindings: readonly Binding[]): void
  /** Deletes what is too old, and what nobody came back for; every hour by itself. */
  sweep(): Promise<void>
  close(): Promise<void>
}

const sweepEveryMs = 60 * 60 * 1000
const firstSweepMs = 30_000

export function createChat(dependencies: ChatDependencies & { readonly phones?: ChatPhones }): ChatFeature {
  const { chat, clock, log, phones } = dependencies
  const parts: ChatParts = { ...dependencies, turns: new OwnTurn() }
  const deliveries = phones && new DeviceDeliveries({ ...phones, parts })
  const conversations = new ConversationService(parts)
  const messages = new MessageService({
    parts,
    deliveriesTo: (receiver, except) => deliveries?.devicesOf(receiver, except) ?? [],
    onPosted: (message, conversation) => {
      for (const { userId } of conversation.members) {
        if (userId === message.senderId) continue
        if (conversation.pairKey !== undefined) deliveries?.start(userId, deliveries.devicesOf(userId, undefined))
        void alert(parts, message, conversation, userId).catch((error: unknown) =>
          log.error('nobody could be told of a message', { error: String(error) }),
        )
      }
    },
  })
  const files = new FileService(parts)
  const erasure = new ErasureService(parts)
  const sweep = async () => {
    await erasure.eraseOld()
    await files.sweep()
    await deliveries?.sweep()
  }
  let timer: Timer
  const sweepLater = (delayMs: number): void => {
    timer = clock.startTimer(delayMs, () => {
      sweep().catch((error: unknown) => log.error('chat could not be swept', { error: String(error) }))
      sweepLater(sweepEveryMs)
    })
  }
  sweepLater(firstSweepMs)
  return {
    handlers: chatHandlers({ parts, conversations, messages, files, erasure }),
    isInConversation: (conversationId, userId) =>
      chat.conversation(conversationId as ConversationId)?.members.some((one) => one.userId === userId) ?? false,
    onMessage: (incoming) => {
      if (phones) void takeMessage({ ...phones, parts, conversations, messages }, incoming)
    },
    bindingsChanged: (bindings) => deliveries?.bindingsChanged(bindings),
    sweep,
    close: async () => {
      timer.stop()
      deliveries?.close()
      await files.close()
    },
  }
}

async function alert(
  parts: ChatParts,
  message: ChatMessage,
  conversation: Conversation,
  userId: UserId,
): Promise<void> {
  if (!parts.alerts) return
  const member = conversation.members.find((one) => one.userId === userId)
  if (!member) return
  const files = await parts.chat.files(message.more.fileIds ?? [])
  const text = message.text ?? files.map(({ more }) => more.name).join(', ')
  parts.alerts.messageWaits({
    companyId: conversation.companyId,
    userId,
    conversationId: conversation.id,
    senderName: nameOf(parts, message.senderId),
    ...(conversation.name === undefined ? {} : { groupName: conversation.name }),
    text: text.split('\n', 1)[0]!.slice(0, 200),
    isMention: message.more.mentions?.includes(userId) ?? false,
    unread: conversation.lastNumber - Math.max(member.readNumber, member.fromNumber),
  })
}
