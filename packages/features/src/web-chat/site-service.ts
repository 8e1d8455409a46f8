import { type CompanyId, type RandomBytes, randomToken, type Refusal, type UserId } from '@vaxel/base'
import {
  type createChatSite,
  NotFound,
  type OperationRequest,
  type Principal,
  QueueNotThere,
  TooManyRequests,
} from '@vaxel/contract'
import {
  type CentreEditor,
  type CentreWebsite,
  type ChatSite,
  type ChatSiteId,
  type QueueId,
  sayChange,
  withThing,
} from '@vaxel/core'
import type { CentreWebsites } from './follow-centre.ts'
import type { WebChatParts } from './parts.ts'
import { siteView, type SiteView } from './views.ts'

type Wish = OperationRequest<typeof createChatSite>['body']
type Parts = WebChatParts & { readonly random: RandomBytes; readonly editor: CentreEditor }

const mostSites = 100

/** Websites with a chat, changed at once: each change is a version of the contact centre. */
export class ChatSiteService {
  readonly #parts: Parts
  readonly #websites: CentreWebsites

  constructor(parts: Parts, websites: CentreWebsites) {
    this.#parts = parts
    this.#websites = websites
  }

  list(principal: Principal): { items: SiteView[] } {
    const sites = this.#sites(principal.companyId as CompanyId)
    return { items: sites.toSorted((a, b) => a.name.localeCompare(b.name)).map(siteView) }
  }

  async create(principal: Principal, wish: Wish): Promise<SiteView | Refusal> {
    if (this.#sites(principal.companyId as CompanyId).length >= mostSites)
      return TooManyRequests(`A company has at most ${mostSites} websites.`)
    // Not guessed by trying: whoever knows it may ask what the site says.
    const id = randomToken(16, this.#parts.random) as ChatSiteId
    return this.#put(principal, 'added', { ...of(wish), id })
  }

  async change(principal: Principal, siteId: string, wish: Wish): Promise<SiteView | Refusal> {
    const known = this.#known(principal, siteId)
    if (!known) return NotFound()
    return this.#put(principal, 'changed', { ...of(wish), id: known.id })
  }

  async remove(principal: Principal, siteId: string): Promise<Refusal | undefined> {
    const known = this.#known(principal, siteId)
    return known ? this.#publish(principal, 'removed', known) : NotFound()
  }

  async #put(principal: Principal, change: 'added' | 'changed', website: CentreWebsite): Promise<SiteView | Refusal> {
    const companyId = principal.companyId as CompanyId
    const queue = this.#parts.workDesk.queue(companyId, website.queueId)
    if (!queue?.channels.includes('chat')) return QueueNotThere('Choose a queue that takes chats.')
    return (await this.#publish(principal, change, website)) ?? siteView({ ...website, companyId })
  }

  /** Publishes one change beside whatever draft is open, and lets it hold. */
  async #publish(
    principal: Principal,
    change: 'added' | 'changed' | 'removed',
    website: CentreWebsite,
  ): Promise<Refusal | undefined> {
    const { editor, directory } = this.#parts
    const [companyId, by] = [principal.companyId as CompanyId, principal.userId as UserId]
    const note = sayChange('websites', change, website.name, directory.user(by)?.language ?? 'en')
    const refused = await editor.change(companyId, by, note, (centre) =>
      change === 'removed'
        ? { ...centre, websites: centre.websites.filter(({ id }) => id !== website.id) }
        : withThing(centre, 'websites', website),
    )
    if (!refused) await this.#websites.follow(companyId)
    return refused
  }

  #sites(companyId: CompanyId): readonly ChatSite[] {
    return this.#parts.webChats.sitesOf(companyId).filter(({ removedAtMs }) => removedAtMs === undefined)
  }

  #known(principal: Principal, siteId: string): ChatSite | undefined {
    return this.#sites(principal.companyId as CompanyId).find(({ id }) => id === siteId)
  }
}

const of = ({ queueId, ...wish }: Wish) => ({ ...wish, queueId: queueId as QueueId })
