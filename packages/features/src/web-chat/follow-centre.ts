import type { CompanyId, UserId } from '@vaxel/base'
import { type CentreStore, type ChatSite, type CentreWebsite, isSame } from '@vaxel/core'
import type { Conversations } from './conversations.ts'
import { eventOf, type WebChatParts } from './parts.ts'

/** What it is built from. */
export interface CentreWebsitesParts extends Pick<WebChatParts, 'webChats' | 'clock' | 'log'> {
  readonly centres: Pick<CentreStore, 'published' | 'all'>
}

/**
 * Makes websites of what companies have published. On one that is gone nothing begins any more; what goes on does so to its end, and then the
 * website is forgotten. May be asked as often as one likes.
 */
export class CentreWebsites {
  readonly #parts: CentreWebsitesParts
  readonly #conversations: Pick<Conversations, 'goesOnAt'>
  #changing: Promise<void> = Promise.resolve()

  constructor(parts: CentreWebsitesParts, conversations: Pick<Conversations, 'goesOnAt'>) {
    this.#parts = parts
    this.#conversations = conversations
  }

  /** Resolves when the websites of a company are as it has published them now. Rejects when they could not be written. */
  follow(companyId: CompanyId): Promise<void> {
    const followed = this.#changing.then(() => this.#follow(companyId))
    this.#changing = followed.catch(() => {})
    return followed
  }

  async followAll(): Promise<void> {
    for (const { companyId } of this.#parts.centres.all()) await this.follow(companyId)
  }

  async #follow(companyId: CompanyId): Promise<void> {
    const { webChats, centres, log, clock } = this.#parts
    const published = centres.published(companyId)
    if (!published) return
    const { by } = published
    const { websites } = published.centre
    for (const website of websites) {
      const known = webChats.site(website.id)
      if (known && known.companyId !== companyId)
        log.error('a website has the identifier of another company', { siteId: website.id })
      else await this.#put(website, companyId, known, by)
    }
    const wanted = new Set<string>(websites.map(({ id }) => id))
    for (const site of webChats.sitesOf(companyId)) {
      if (wanted.has(site.id)) continue
      const event = this.#event('webChat.siteRemoved', site, by)
      if (!this.#conversations.goesOnAt(site.id)) await webChats.removeSite(site, event)
      else if (site.removedAtMs === undefined) await webChats.putSite({ ...site, removedAtMs: clock.now() }, event)
    }
  }

  async #put(
    website: CentreWebsite,
    companyId: CompanyId,
    known: ChatSite | undefined,
    by: UserId | undefined,
  ): Promise<void> {
    const site: ChatSite = { ...website, companyId }
    if (known && isSame(known, site)) return
    const isNew = known === undefined || known.removedAtMs !== undefined
    await this.#parts.webChats.putSite(
      site,
      this.#event(isNew ? 'webChat.siteCreated' : 'webChat.siteChanged', site, by),
    )
  }

  #event(kind: string, { id, name, companyId }: ChatSite, by: UserId | undefined) {
    const data = { siteId: id, name, ...(by === undefined ? {} : { by: `user:${by}` }) }
    return eventOf(kind, companyId, this.#parts.clock.now(), data)
  }
}
