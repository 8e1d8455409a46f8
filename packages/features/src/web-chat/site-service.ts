import { type CompanyId, type RandomBytes, randomToken, type Refusal } from '@vaxel/base'
import {
  type createChatSite,
  NotFound,
  type OperationRequest,
  type Principal,
  QueueNotThere,
  TooManyRequests,
} from '@vaxel/contract'
import type { ChatSite, ChatSiteId, QueueId } from '@vaxel/core'
import { eventOf, type WebChatParts } from './parts.ts'
import { siteView, type SiteView } from './views.ts'

type Wish = OperationRequest<typeof createChatSite>['body']

const mostSites = 100

/** Websites with a chat, as administrators set them. */
export class ChatSiteService {
  readonly #parts: WebChatParts & { readonly random: RandomBytes }

  constructor(parts: WebChatParts & { readonly random: RandomBytes }) {
    this.#parts = parts
  }

  list(principal: Principal): { items: SiteView[] } {
    const sites = this.#parts.webChats.sitesOf(principal.companyId as CompanyId)
    return { items: sites.toSorted((a, b) => a.name.localeCompare(b.name)).map(siteView) }
  }

  async create(principal: Principal, wish: Wish): Promise<SiteView | Refusal> {
    const companyId = principal.companyId as CompanyId
    if (this.#parts.webChats.sitesOf(companyId).length >= mostSites)
      return TooManyRequests(`A company has at most ${mostSites} websites.`)
    // Not guessed by trying: whoever knows it may ask what the site says.
    const id = randomToken(16, this.#parts.random) as ChatSiteId
    return this.#put(principal, { ...of(wish), id, companyId }, 'webChat.siteCreated')
  }

  async change(principal: Principal, siteId: string, wish: Wish): Promise<SiteView | Refusal> {
    const known = this.#known(principal, siteId)
    if (!known) return NotFound()
    return this.#put(principal, { ...of(wish), id: known.id, companyId: known.companyId }, 'webChat.siteChanged')
  }

  async remove(principal: Principal, siteId: string): Promise<Refusal | undefined> {
    const known = this.#known(principal, siteId)
    if (!known) return NotFound()
    await this.#parts.webChats.removeSite(known, this.#event('webChat.siteRemoved', principal, known))
    return undefined
  }

  async #put(principal: Principal, site: ChatSite, kind: string): Promise<SiteView | Refusal> {
    const queue = this.#parts.workDesk.queue(site.companyId, site.queueId)
    if (!queue?.channels.includes('chat')) return QueueNotThere('Choose a queue that takes chats.')
    await this.#parts.webChats.putSite(site, this.#event(kind, principal, site))
    return siteView(site)
  }

  #known(principal: Principal, siteId: string): ChatSite | undefined {
    const site = this.#parts.webChats.site(siteId)
    return site?.companyId === principal.companyId ? site : undefined
  }

  #event(kind: string, principal: Principal, { id, companyId, name }: ChatSite) {
    const data = { siteId: id, name, by: `user:${principal.userId}` }
    return eventOf(kind, companyId, this.#parts.clock.now(), data)
  }
}

const of = ({ queueId, ...wish }: Wish) => ({ ...wish, queueId: queueId as QueueId })
