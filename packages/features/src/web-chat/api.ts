import * as contract from '@vaxel/contract'
import { type OperationHandler, perform } from '@vaxel/contract'
import type { AgentChatService } from './agent-chat-service.ts'
import type { ChatSiteService } from './site-service.ts'
import type { VisitorService } from './visitor-service.ts'

/** Chats of websites over the API: for visitors, agents and administrators. */
export function webChatHandlers(
  visitors: VisitorService,
  agents: AgentChatService,
  sites: ChatSiteService,
): readonly OperationHandler[] {
  const nothing = async (refused: Promise<unknown>) => (await refused) as undefined
  return [
    perform(contract.readVisitorSite, ({ params, query, address }) =>
      visitors.site(params.siteId, address, query.language ?? 'en'),
    ),
    perform(contract.startVisitorChat, ({ params, body, address }) => visitors.begin(params.siteId, body, address)),
    perform(contract.readVisitorChat, ({ params, query, address }) => visitors.read(params.key, query, address)),
    perform(contract.sendVisitorMessage, ({ params, body, address }) => visitors.write(params.key, body, address)),
    perform(contract.tellVisitorTyping, ({ params, address }) => visitors.types(params.key, address) as undefined),
    perform(contract.endVisitorChat, ({ params, address }) => nothing(visitors.end(params.key, address))),
    perform(contract.mailVisitorTranscript, ({ params, body, address }) =>
      nothing(visitors.mailTranscript(params.key, body.address, address)),
    ),
    perform(contract.openVisitorPhone, ({ params, address, client }) =>
      visitors.phone(params.key, address, client.origin),
    ),
    perform(contract.leaveVisitorMessage, ({ params, body, address }) =>
      nothing(visitors.leaveMessage(params.siteId, body, address)),
    ),
    perform(contract.readWebChat, ({ principal, params }) => agents.read(principal, params.chatId)),
    perform(contract.sendWebChatMessage, ({ principal, params, body }) => agents.write(principal, params.chatId, body)),
    perform(contract.commandWebChat, ({ principal, params, body }) =>
      nothing(agents.command(principal, params.chatId, params.verb, body)),
    ),
    perform(contract.listChatSites, ({ principal }) => sites.list(principal)),
    perform(contract.createChatSite, ({ principal, body }) => sites.create(principal, body)),
    perform(contract.changeChatSite, ({ principal, params, body }) => sites.change(principal, params.siteId, body)),
    perform(contract.removeChatSite, ({ principal, params }) => nothing(sites.remove(principal, params.siteId))),
  ]
}
