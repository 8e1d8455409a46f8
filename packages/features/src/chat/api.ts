import { isRefusal, type Refusal, type UserId } from '@vaxel/base'
import * as contract from '@vaxel/contract'
import { type OperationHandler, perform, type Principal } from '@vaxel/contract'
import type { ChatMessage } from '@vaxel/core'
import type { ConversationService } from './conversation-service.ts'
import { type ChatParts, type Person, personOf, type Seat } from './dependencies.ts'
import type { ErasureService } from './erasure-service.ts'
import type { FileService, UploadState } from './file-service.ts'
import type { MessageService } from './message-service.ts'
import { toConversationView, toFileView, toMessageViews, toPolicyView } from './views.ts'

export interface ChatServices {
  readonly parts: ChatParts
  readonly conversations: ConversationService
  readonly messages: MessageService
  readonly files: FileService
  readonly erasure: ErasureService
}

const usualList = 100

/** Every operation of chat. */
export function chatHandlers(services: ChatServices): readonly OperationHandler[] {
  return [
    ...conversationHandlers(services),
    ...messageHandlers(services),
    ...fileHandlers(services),
    ...policyHandlers(services),
  ]
}

/** With the person who asks; nobody chats in a company that is not their own. */
async function as<T>(
  { parts }: ChatServices,
  principal: Principal,
  act: (person: Person) => T,
): Promise<Awaited<T> | Refusal> {
  const person = personOf(parts, principal)
  return isRefusal(person) ? person : await act(person)
}

function conversationHandlers(services: ChatServices): OperationHandler[] {
  const { conversations, parts } = services
  const shown = async (seat: Seat | Refusal): Promise<contract.Conversation | Refusal> => {
    if (isRefusal(seat)) return seat
    const last = (await parts.chat.lastMessages([seat.conversation])).get(seat.conversation.id)
    return toConversationView(parts, seat, last && (await toMessageViews(parts, [last]))[0], true)
  }
  return [
    perform(contract.listConversations, ({ principal, query: { limit = usualList, after } }) =>
      as(services, principal, async (person) => {
        const { seats, next } = conversations.list(person, { limit, ...(after === undefined ? {} : { after }) })
        const last = await parts.chat.lastMessages(seats.map(({ conversation }) => conversation))
        const views = new Map(
          (await toMessageViews(parts, [...last.values()])).map((view) => [view.conversationId, view]),
        )
        const items = seats.map((seat) => toConversationView(parts, seat, views.get(seat.conversation.id), false))
        return next === undefined ? { items } : { items, next }
      }),
    ),
    perform(contract.openConversation, ({ principal, params }) =>
      as(services, principal, async (person) => shown(await conversations.openPair(person, params.userId))),
    ),
    perform(contract.createConversation, ({ principal, body }) =>
      as(services, principal, async (person) => shown(await conversations.makeGroup(person, body.name, body.userIds))),
    ),
    perform(contract.readConversation, ({ principal, params }) =>
      as(services, principal, async (person) => shown(conversations.read(person, params.conversationId))),
    ),
    perform(contract.renameConversation, ({ principal, params, body }) =>
      as(services, principal, async (person) =>
        shown(await conversations.rename(person, params.conversationId, body.name)),
      ),
    ),
    perform(contract.putConversationMember, ({ principal, params, body }) =>
      as(services, principal, async (person) =>
        shown(await conversations.putMember(person, params.conversationId, params.userId, body.isAdmin)),
      ),
    ),
    perform(contract.removeConversationMember, ({ principal, params }) =>
      as(services, principal, (person) => conversations.removeMember(person, params.conversationId, params.userId)),
    ),
    perform(contract.markConversationRead, ({ principal, params, body }) =>
      as(services, principal, (person) => conversations.markRead(person, params.conversationId, body.number)),
    ),
    perform(contract.tellTyping, ({ principal, params }) =>
      as(services, principal, (person) => conversations.typing(person, params.conversationId)),
    ),
  ]
}

function messageHandlers(services: ChatServices): OperationHandler[] {
  const { messages, parts } = services
  const shown = async (message: ChatMessage | Refusal): Promise<contract.ChatMessage | Refusal> =>
    isRefusal(message) ? message : (await toMessageViews(parts, [message]))[0]!
  return [
    perform(contract.listChatMessages, ({ principal, params, query }) =>
      as(services, principal, async (person) => {
        const found = await messages.list(person, params.conversationId, query)
        if (isRefusal(found)) return found
        const { hasMore, revision } = found
        return { items: await toMessageViews(parts, found.messages), hasMore, revision }
      }),
    ),
    perform(contract.postChatMessage, ({ principal, params, body }) =>
      as(services, principal, async (person) => shown(await messages.post(person, params.conversationId, body))),
    ),
    perform(contract.editChatMessage, ({ principal, params, body }) =>
      as(services, principal, async (person) =>
        shown(await messages.edit(person, params.conversationId, Number(params.number), body)),
      ),
    ),
    perform(contract.deleteChatMessage, ({ principal, params }) =>
      as(services, principal, async (person) =>
        shown(await messages.remove(person, params.conversationId, Number(params.number))),
      ),
    ),
    perform(contract.searchChat, ({ principal, query }) =>
      as(services, principal, async (person) => {
        const found = await messages.search(person, query)
        if (isRefusal(found)) return found
        const items = await toMessageViews(parts, found.messages)
        return found.next === undefined ? { items } : { items, next: found.next }
      }),
    ),
  ]
}

function fileHandlers(services: ChatServices): OperationHandler[] {
  const { files } = services
  const shown = (state: UploadState | Refusal) => {
    if (isRefusal(state)) return state
    const { id, uploadedBytes, file } = state
    return { id, uploadedBytes, ...(file ? { file: toFileView(file) } : {}) }
  }
  return [
    perform(contract.beginChatFile, ({ principal, params, body }) =>
      as(services, principal, async (person) => shown(await files.begin(person, params.conversationId, body))),
    ),
    perform(contract.sendChatFilePiece, ({ principal, params, query, body }) =>
      as(services, principal, async (person) =>
        shown(await files.append(person, params.conversationId, params.fileId, query.offset, toBytes(body))),
      ),
    ),
    perform(contract.readChatUpload, ({ principal, params }) =>
      as(services, principal, async (person) => shown(await files.state(person, params.conversationId, params.fileId))),
    ),
    perform(contract.readChatFile, ({ principal, params, query }) =>
      as(services, principal, (person) =>
        files.read(person, params.conversationId, params.fileId, query.save ?? false),
      ),
    ),
  ]
}

/** No body at all arrives as something empty. */
const toBytes = (body: unknown): Uint8Array => (body instanceof Uint8Array ? body : new Uint8Array())

function policyHandlers(services: ChatServices): OperationHandler[] {
  const { erasure, parts } = services
  return [
    perform(contract.readChatPolicy, ({ principal }) =>
      as(services, principal, ({ companyId }) => ({
        policy: toPolicyView(parts.chat.policy(companyId)),
        usedBytes: parts.chat.usedBytes(companyId),
        scanner: parts.scanner?.name ?? null,
      })),
    ),
    perform(contract.setChatPolicy, ({ principal, body }) =>
      as(services, principal, async ({ companyId, userId }) => {
        const { retentionDays, ...rest } = body
        const policy = retentionDays === null ? rest : { ...rest, retentionDays }
        return (await erasure.setPolicy(companyId, policy, `user:${userId}`)) ?? body
      }),
    ),
    perform(contract.eraseUserChat, ({ principal, params }) =>
      as(services, principal, ({ companyId, userId }) =>
        erasure.eraseUser(companyId, params.userId as UserId, `user:${userId}`),
      ),
    ),
  ]
}
