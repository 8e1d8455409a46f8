import type { KeptSite } from '@vaxel/core'
import { type IpRange, readIp, readIpRange, type SiteProfile } from '@vaxel/site'

/** Where an address is. */
export interface Place {
  readonly siteId: string
  /** Of the site, and of the part of its network where that is known: `Lund, floor 2`. */
  readonly name: string
}

/**
 * The site that an address belongs to: the smallest of all networks that hold it, by which sites are reached or which they have inside.
 * Undefined where no site or more than one fits as well.
 * @param address IP literal
 */
export function findPlace(sites: Iterable<KeptSite>, address: string): Place | undefined {
  const ip = readIp(address)
  if (!ip) return undefined
  let best: { readonly size: bigint; readonly places: Place[] } | undefined
  for (const site of sites) {
    for (const { name, network } of networksOf(site)) {
      const range = readIpRange(network)
      if (range?.family !== ip.family || ip.value < range.first || ip.value > range.last) continue
      const size = sizeOf(range)
      const place: Place = { siteId: site.id, name: name === undefined ? site.name : `${site.name}, ${name}` }
      if (!best || size < best.size) best = { size, places: [place] }
      else if (size === best.size) best.places.push(place)
    }
  }
  const [first, ...others] = best?.places ?? []
  return others.every(({ siteId }) => siteId === first!.siteId) ? first : undefined
}

const sizeOf = ({ first, last }: IpRange): bigint => last - first

function* networksOf({ profile, reachedFrom }: KeptSite): Iterable<{ name?: string; network: string }> {
  const { inside = [], segments = [] } = (profile as Partial<SiteProfile> | undefined)?.networks ?? {}
  yield* segments
  for (const network of [...inside, ...reachedFrom]) yield { network }
}
