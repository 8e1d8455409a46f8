import type { OperationReply, readVisitorChat, readWebChat, listChatSites } from '@vaxel/contract'
import type { ChatSite, Directory, WebChat, WebChatMessage, WorkDesk } from '@vaxel/core'
import type { LiveChat } from './live-chat.ts'

export type VisitorView = OperationReply<typeof readVisitorChat>
export type AgentView = OperationReply<typeof readWebChat>
export type MessageView = VisitorView['messages'][number]
export type SiteView = OperationReply<typeof listChatSites>['items'][number]

const time = (atMs: number): string => new Date(atMs).toISOString()

export function messageView(message: WebChatMessage, directory: Pick<Directory, 'user'>): MessageView {
  const name = message.userId === undefined ? undefined : directory.user(message.userId)?.displayName
  return {
    number: message.number,
    at: time(message.atMs),
    from: message.from,
    ...(name === undefined ? {} : { name }),
    ...(message.text === undefined ? {} : { text: message.text }),
    ...(message.code === undefined ? {} : { code: message.code }),
  }
}

/** For the visitor; of a conversation that is over, `live` is absent. */
export function visitorView(
  chat: WebChat,
  messages: readonly WebChatMessage[],
  live: LiveChat | undefined,
  { directory, workDesk }: { readonly directory: Pick<Directory, 'user'>; readonly workDesk: WorkDesk },
): VisitorView {
  const state = live?.state ?? 'ended'
  const waits = state === 'waiting' && chat.itemId !== undefined
  const estimate = waits ? workDesk.estimate(chat.companyId, chat.itemId!) : undefined
  const agentName = chat.agentId === undefined ? undefined : directory.user(chat.agentId)?.displayName
  return {
    state,
    ...(agentName === undefined ? {} : { agentName }),
    isAgentTyping: live?.isAgentTyping ?? false,
    ...(estimate === undefined ? {} : { position: estimate.position }),
    ...(estimate?.expectedMs === undefined ? {} : { expectedSeconds: Math.round(estimate.expectedMs / 1000) }),
    messages: messages.map((message) => messageView(message, directory)),
    last: messages.at(-1)?.number ?? live?.count ?? 0,
    version: live?.version ?? 0,
    canSpeak: live?.isVoiceOffered ?? false,
  }
}

export function agentView(
  chat: WebChat,
  messages: readonly WebChatMessage[],
  live: LiveChat | undefined,
  mayOfferVoice: boolean,
  directory: Pick<Directory, 'user'>,
): AgentView {
  return {
    id: chat.id,
    siteName: chat.siteName,
    state: live?.state ?? 'ended',
    startedAt: time(chat.startedAtMs),
    ...(chat.endedAtMs === undefined ? {} : { endedAt: time(chat.endedAtMs) }),
    visitor: {
      ...(chat.name === undefined ? {} : { name: chat.name }),
      ...(chat.address === undefined ? {} : { address: chat.address }),
      language: chat.language,
      ...(chat.page === undefined ? {} : { page: chat.page }),
    },
    isVisitorThere: live?.isVisitorThere ?? false,
    isVisitorTyping: live?.isVisitorTyping ?? false,
    messages: messages.map((message) => messageView(message, directory)),
    mayOfferVoice,
    isVoiceOffered: live?.isVoiceOffered ?? false,
  }
}

export const siteView = ({ companyId: _, removedAtMs: __, origins, ...site }: ChatSite): SiteView => ({
  ...site,
  origins: [...origins],
})
