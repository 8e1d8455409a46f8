import type { UserId } from '@vaxel/base'
import type * as contract from '@vaxel/contract'
import { type ChatFile, type ChatMessage, type ChatPolicy, readServedType } from '@vaxel/core'
import { type ChatParts, nameOf, type Seat } from './dependencies.ts'

const membersInLists = 20
const timeOf = (ms: number): string => new Date(ms).toISOString()

export function toFileView({ id, sizeBytes, more }: ChatFile): contract.ChatFile {
  const { name, mediaType, widthPixels, heightPixels, scan } = more
  const size = widthPixels === undefined || heightPixels === undefined ? {} : { widthPixels, heightPixels }
  return { id, name, mediaType, sizeBytes, ...size, isInline: readServedType(mediaType).isInline, scan }
}

/** Messages with the files that came with them; both are read in one go. */
export async function toMessageViews(
  parts: ChatParts,
  messages: readonly ChatMessage[],
): Promise<contract.ChatMessage[]> {
  const files = await parts.chat.files(messages.flatMap(({ more }) => more.fileIds ?? []))
  const byId = new Map(files.map((file) => [file.id, file]))
  return messages.map((message) => {
    const { more } = message
    const own = (more.fileIds ?? []).flatMap((id) => byId.get(id) ?? [])
    return {
      conversationId: message.conversationId,
      number: message.number,
      revision: message.revision,
      senderId: message.senderId,
      senderName: nameOf(parts, message.senderId),
      clientId: message.clientId,
      kind: message.kind,
      at: timeOf(message.atMs),
      ...(message.text === undefined ? {} : { text: message.text }),
      ...(more.mentions?.length ? { mentions: [...more.mentions] } : {}),
      ...(own.length > 0 ? { files: own.map(toFileView) } : {}),
      ...(more.about === undefined ? {} : { about: { userId: more.about, name: nameOf(parts, more.about) } }),
      ...(more.deviceId === undefined ? {} : { isFromPhone: true }),
      ...(message.editedAtMs === undefined ? {} : { editedAt: timeOf(message.editedAtMs) }),
      ...(message.goneAtMs === undefined ? {} : { goneAt: timeOf(message.goneAtMs) }),
      ...(more.goneBy === undefined ? {} : { goneBy: more.goneBy }),
    }
  })
}

export function toConversationView(
  parts: ChatParts,
  { conversation, member }: Seat,
  last: contract.ChatMessage | undefined,
  isWhole: boolean,
): contract.Conversation {
  const { id, pairKey, name, members, lastNumber, revision, createdAtMs, lastAtMs } = conversation
  const { isAdmin, fromNumber, readNumber } = member
  return {
    id,
    kind: pairKey === undefined ? 'group' : 'pair',
    ...(name === undefined ? {} : { name }),
    members: (isWhole ? members : members.slice(0, membersInLists)).map((one) => ({
      userId: one.userId,
      name: nameOf(parts, one.userId as UserId),
      isAdmin: one.isAdmin,
      readNumber: one.readNumber,
    })),
    memberCount: members.length,
    isAdmin,
    lastNumber,
    revision,
    fromNumber,
    readNumber,
    unread: Math.max(0, lastNumber - Math.max(fromNumber, readNumber)),
    createdAt: timeOf(createdAtMs),
    lastAt: timeOf(lastAtMs),
    ...(last && last.number > fromNumber ? { lastMessage: last } : {}),
  }
}

export const toPolicyView = (policy: ChatPolicy): contract.ChatPolicy => ({
  retentionDays: policy.retentionDays ?? null,
  mostFileBytes: policy.mostFileBytes,
  quotaBytes: policy.quotaBytes,
  editMinutes: policy.editMinutes,
})
