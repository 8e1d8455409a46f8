import { type Clock, type CompanyId, isRefusal, makeId, type Mistake, type Refusal, type UserId } from '@vaxel/base'
import { Conflict, InvalidRequest, NotFound, type OperationReply, type Principal, type readSite } from '@vaxel/contract'
import type { CivicAddress, Directory, KeptSite, LedgerEvent, SiteStore } from '@vaxel/core'
import { readIpRange, type SiteProfile } from '@vaxel/site'
import { readProfile } from '@vaxel/site/file'
import type { CatalogueShelf } from './catalogue-shelf.ts'

export type SiteView = OperationReply<typeof readSite>

interface Wish {
  readonly name: string
  readonly profile: unknown
  readonly reachedFrom?: readonly string[]
  readonly owners?: readonly string[]
  readonly address?: CivicAddress | null
}

/** Sites of one company; a site is some kilobytes. */
const mostSites = 2_000
const usualPage = 200

/** Sites of a company. */
export class SiteService {
  readonly #store: SiteStore
  readonly #shelf: CatalogueShelf
  readonly #directory: Directory
  readonly #clock: Clock

  constructor(options: { sites: SiteStore; shelf: CatalogueShelf; directory: Directory; clock: Clock }) {
    this.#store = options.sites
    this.#shelf = options.shelf
    this.#directory = options.directory
    this.#clock = options.clock
  }

  async list(
    principal: Principal,
    { limit = usualPage, after }: { limit?: number; after?: string },
  ): Promise<{ items: SiteView[]; next?: string } | Refusal> {
    const from = after === undefined ? undefined : placeOf(after)
    if (after !== undefined && !from)
      return InvalidRequest(undefined, { mistakes: [{ path: '/after', reason: 'is no `next` of a page' }] })
    const found = await this.#store.sites(principal.companyId as CompanyId, {
      limit: limit + 1,
      ...(from ? { after: from } : {}),
    })
    const items = found.slice(0, limit)
    const last = items.at(-1)
    return {
      items: items.map(toSiteView),
      ...(last && found.length > limit ? { next: nextOf(last) } : {}),
    }
  }

  async find(principal: Principal, siteId: string): Promise<KeptSite | Refusal> {
    return (await this.#store.site(principal.companyId as CompanyId, siteId)) ?? NotFound()
  }

  async create(principal: Principal, wish: Wish): Promise<SiteView | Refusal> {
    const companyId = principal.companyId as CompanyId
    if ((await this.#store.countSites(companyId)) >= mostSites)
      return Conflict(`A company has at most ${mostSites} sites; remove one first.`)
    return this.#put(principal, makeId<string & { readonly brand?: never }>(this.#clock.now()), wish, undefined)
  }

  async change(principal: Principal, siteId: string, wish: Wish): Promise<SiteView | Refusal> {
    const known = await this.find(principal, siteId)
    return isRefusal(known) ? known : this.#put(principal, siteId, wish, known)
  }

  async remove(principal: Principal, siteId: string): Promise<Refusal | undefined> {
    const known = await this.find(principal, siteId)
    if (isRefusal(known)) return known
    await this.#store.removeSite(known.companyId, siteId, this.event(known, 'site.removed', { by: by(principal) }))
    return undefined
  }

  event(site: KeptSite, kind: string, data: LedgerEvent['data']): LedgerEvent {
    return {
      kind,
      atMs: this.#clock.now(),
      companyId: site.companyId,
      data: { siteId: site.id, name: site.name, ...data },
    }
  }

  async #put(principal: Principal, id: string, wish: Wish, known: KeptSite | undefined): Promise<SiteView | Refusal> {
    const companyId = principal.companyId as CompanyId
    const read = this.profileOf(wish.profile, '/profile')
    const mistakes: Mistake[] = isRefusal(read) ? [...(read.mistakes ?? [])] : []
    const reachedFrom = wish.reachedFrom ?? known?.reachedFrom ?? []
    for (const [index, text] of reachedFrom.entries())
      if (!readIpRange(text))
        mistakes.push({ path: `/reachedFrom/${index}`, reason: 'is no address and no network such as 198.51.100.0/28' })
    const owners = (wish.owners ?? known?.owners ?? [principal.userId]) as readonly UserId[]
    for (const [index, owner] of owners.entries())
      if (this.#directory.user(owner)?.companyId !== companyId)
        mistakes.push({ path: `/owners/${index}`, reason: 'is no user of the company' })
    if (mistakes.length > 0 || isRefusal(read)) return InvalidRequest(undefined, { mistakes })
    const address = wish.address === undefined ? known?.address : (wish.address ?? undefined)
    const site: KeptSite = {
      id,
      companyId,
      name: wish.name,
      profile: read,
      reachedFrom,
      owners,
      ...(address ? { address } : {}),
      changedAtMs: this.#clock.now(),
    }
    await this.#store.putSite(site, this.event(site, 'site.changed', { by: by(principal), isNew: known === undefined }))
    return toSiteView(site)
  }

  /** A profile that its catalogue can plan; every mistake with its place otherwise. */
  profileOf(profile: unknown, path: string): SiteProfile | Refusal {
    const read = readProfile(profile)
    if (!read.ok) return InvalidRequest(undefined, { mistakes: under(path, read.mistakes) })
    const { system, version } = read.value
    const catalogue = this.#shelf.find(system, version)
    if (catalogue) {
      const fitting = readProfile(profile, catalogue)
      return fitting.ok ? fitting.value : InvalidRequest(undefined, { mistakes: under(path, fitting.mistakes) })
    }
    const knows = this.#shelf.ids.includes(system)
    return InvalidRequest(undefined, {
      mistakes: [
        knows
          ? { path: `${path}/version`, reason: `is no version of ${system} that is known here` }
          : { path: `${path}/system`, reason: `must be one of ${this.#shelf.ids.join(', ')}` },
      ],
    })
  }
}

/** Mistakes of a file within a body. */
export const under = (path: string, mistakes: readonly Mistake[]): Mistake[] =>
  mistakes.map((one) => ({ path: `${path}${one.path}`, reason: one.reason }))

export const by = ({ userId }: Principal): string => `user:${userId}`

export function toSiteView({ id, name, profile, reachedFrom, owners, address, changedAtMs }: KeptSite): SiteView {
  return {
    id,
    name,
    profile: profile as SiteProfile,
    reachedFrom: [...reachedFrom],
    owners: [...owners],
    ...(address ? { address } : {}),
    changedAt: new Date(changedAtMs).toISOString(),
  }
}

const nextOf = ({ name, id }: KeptSite): string => Buffer.from(JSON.stringify([name, id])).toString('base64url')

function placeOf(after: string): { name: string; id: string } | undefined {
  try {
    const place: unknown = JSON.parse(Buffer.from(after, 'base64url').toString())
    if (!Array.isArray(place)) return undefined
    const [name, id] = place as unknown[]
    return typeof name === 'string' && typeof id === 'string' ? { name, id } : undefined
  } catch {
    return undefined
  }
}
