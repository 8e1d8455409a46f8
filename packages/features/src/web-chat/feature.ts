import type { RandomBytes, Timer } from '@vaxel/base'
import type { OperationHandler } from '@vaxel/contract'
import type { CentreEditor, CentreStore, LedgerEvent, WebChat } from '@vaxel/core'
import { AgentChatService } from './agent-chat-service.ts'
import { webChatHandlers } from './api.ts'
import { Conversations } from './conversations.ts'
import { CentreWebsites } from './follow-centre.ts'
import { eventOf, type WebChatParts } from './parts.ts'
import { ChatSiteService } from './site-service.ts'
import { VisitorService } from './visitor-service.ts'

export type { VisitorPhones, WebChatParts } from './parts.ts'
export { KeyedVisitorPhones } from './visitor-phones.ts'

/** Chats of companies' websites. */
export interface WebChatFeature {
  readonly handlers: readonly OperationHandler[]
  /** Which origins may show a site's chat in a frame; none: there is no such site. */
  framedBy(siteId: string): readonly string[]
  /** A conversation in which speaking is on offer. */
  offered(chatId: string): WebChat | undefined
  /** Before the contact centre begins. */
  start(): Promise<void>
  /** After it. */
  settle(): Promise<void>
  close(): void
}

const eraseEveryMs = 3_600_000

export function createWebChat(
  parts: WebChatParts & {
    readonly random: RandomBytes
    /** Which websites there are is published with the contact centre. */
    readonly centres: Pick<CentreStore, 'published' | 'all'>
    readonly editor: CentreEditor
    readonly feed: { subscribe(listener: (events: readonly LedgerEvent[]) => void): () => void }
  },
): WebChatFeature {
  const { clock, log, webChats, directory } = parts
  const conversations = new Conversations(parts)
  parts.workDesk.provide('chat', conversations.hands)
  const websites = new CentreWebsites(parts, conversations)
  const stopFollowing = parts.feed.subscribe((events) => {
    for (const { kind, companyId } of events)
      if (kind === 'centre.published' && timer)
        websites
          .follow(companyId)
          .catch((error: unknown) => log.error('websites could not be changed', { companyId, error: String(error) }))
  })
  let timer: Timer | undefined
  const erase = async (): Promise<void> => {
    const nowMs = clock.now()
    await websites.followAll()
    for (const { id } of directory.companies())
      await webChats.erase(id, nowMs, (count) => eventOf('webChat.erased', id, nowMs, { count }))
  }
  const eraseLater = (): void => {
    timer = clock.startTimer(eraseEveryMs, () => {
      erase().catch((error: unknown) => log.error('old conversations could not be erased', { error: String(error) }))
      eraseLater()
    })
  }
  return {
    handlers: webChatHandlers(
      new VisitorService(parts, conversations),
      new AgentChatService(parts, conversations),
      new ChatSiteService(parts, websites),
    ),
    offered: (chatId) => {
      const live = conversations.live(chatId)
      return live?.isVoiceOffered === true && live.state === 'talking' ? live.chat : undefined
    },
    framedBy: (siteId) => {
      const site = webChats.site(siteId)
      return site && (site.removedAtMs === undefined || conversations.goesOnAt(siteId)) ? site.origins : []
    },
    start: async () => {
      await conversations.start()
      await websites.followAll()
      eraseLater()
    },
    settle: () => conversations.settle(),
    close: () => {
      stopFollowing()
      timer?.stop()
      conversations.close()
    },
  }
}
