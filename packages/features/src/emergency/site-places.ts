import type { CompanyId, Logger } from '@vaxel/base'
import type {
  CivicAddress,
  EmergencyPlaces,
  EventFeed,
  KeptSite,
  NumberedEvent,
  SitePlace,
  SiteStore,
} from '@vaxel/core'
import { type IpRange, readIp, readIpRange, type SiteProfile } from '@vaxel/site'

/** Of a site, what its telephones are found by. */
interface PlacedSite {
  readonly site: Pick<SitePlace, 'siteId' | 'site'> & { readonly address?: CivicAddress }
  readonly networks: readonly { readonly range: IpRange; readonly segment?: string }[]
}

const sitesAtOnce = 200

/**
 * Where the telephones of companies are, by the networks of their sites. Kept in memory and followed: an emergency call waits for no database, and one
 * that is away must not take the place out of the call.
 */
export class SitePlaces implements EmergencyPlaces {
  readonly #sites: Pick<SiteStore, 'everySite' | 'site'>
  readonly #log: Logger
  readonly #ofCompanies = new Map<CompanyId, Map<string, PlacedSite>>()
  readonly #stop: () => void
  #reading: Promise<void> = Promise.resolve()

  constructor(dependencies: {
    readonly sites: Pick<SiteStore, 'everySite' | 'site'>
    readonly feed: EventFeed
    readonly log: Logger
  }) {
    this.#sites = dependencies.sites
    this.#log = dependencies.log
    this.#stop = dependencies.feed.subscribe((events) => {
      for (const event of events)
        if (event.kind === 'site.changed' || event.kind === 'site.removed') this.#follow(event)
    })
  }

  /** Reads all sites; resolves when places are known. */
  async load(): Promise<void> {
    for (let after: string | undefined; ; ) {
      const page = await this.#sites.everySite({ limit: sitesAtOnce, ...(after === undefined ? {} : { after }) })
      for (const site of page) this.put(site)
      after = page.at(-1)?.id
      if (page.length < sitesAtOnce) return
    }
  }

  /** Resolves when no site is read any more. */
  async close(): Promise<void> {
    this.#stop()
    await this.#reading
  }

  put({ id, companyId, name, address, ...networks }: KeptSite): void {
    const placed: PlacedSite = {
      site: { siteId: id, site: name, ...(address ? { address } : {}) },
      networks: [...networksOf(networks)],
    }
    const known = this.#ofCompanies.get(companyId)
    if (known) known.set(id, placed)
    else this.#ofCompanies.set(companyId, new Map([[id, placed]]))
  }

  placeOf(companyId: CompanyId, address: string): SitePlace | undefined {
    const ip = readIp(address)
    if (!ip) return undefined
    let best: { readonly size: bigint; readonly places: SitePlace[] } | undefined
    for (const { site, networks } of this.#ofCompanies.get(companyId)?.values() ?? []) {
      for (const { range, segment } of networks) {
        if (range.family !== ip.family || ip.value < range.first || ip.value > range.last) continue
        const size = range.last - range.first
        const place: SitePlace = segment === undefined ? site : { ...site, segment }
        if (!best || size < best.size) best = { size, places: [place] }
        else if (size === best.size) best.places.push(place)
      }
    }
    const [first, ...others] = best?.places ?? []
    return others.every(({ siteId }) => siteId === first!.siteId) ? first : undefined
  }

  /** One after the other, so that the last change is what stays. */
  #follow({ companyId, data }: NumberedEvent): void {
    const siteId = String(data.siteId)
    this.#reading = this.#reading
      .then(async () => {
        const site = await this.#sites.site(companyId, siteId)
        if (site) this.put(site)
        else this.#ofCompanies.get(companyId)?.delete(siteId)
      })
      .catch((error: unknown) => this.#log.error('where a site is could not be read', { siteId, error: String(error) }))
  }
}

function* networksOf({
  profile,
  reachedFrom,
}: Pick<KeptSite, 'profile' | 'reachedFrom'>): Iterable<PlacedSite['networks'][number]> {
  const { inside = [], segments = [] } = (profile as Partial<SiteProfile> | undefined)?.networks ?? {}
  for (const { name, network } of segments) {
    const range = readIpRange(network)
    if (range) yield { range, segment: name }
  }
  for (const network of [...inside, ...reachedFrom]) {
    const range = readIpRange(network)
    if (range) yield { range }
  }
}
