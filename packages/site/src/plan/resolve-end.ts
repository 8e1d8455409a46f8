import type { Catalogue, Place } from '../catalogue/catalogue.ts'
import type { Address, FlowEnd } from '../catalogue/requirement.ts'
import { readIpRange } from '../net/ip-range.ts'
import type { SiteProfile } from '../profile/site-profile.ts'

/** One end of a flow with all that is known of where it is. */
export interface ResolvedEnd {
  readonly place: string
  readonly label: string
  readonly side: Place['side']
  /** Empty: any address. */
  readonly addresses: readonly Address[]
}

/**
 * Looks up the end of a flow. On the customer's side what the profile says of the place counts before what the catalogue says,
 * and a place of which nothing is known lies in the site's own networks; on the other sides the catalogue counts first.
 */
export function resolveEnd({ place, addresses }: FlowEnd, catalogue: Catalogue, profile: SiteProfile): ResolvedEnd {
  const known = catalogue.places.find(({ name }) => name === place)
  const side = known?.side ?? 'third-party'
  const ofFlow = addresses ?? []
  const ofPlace = known?.addresses ?? []
  const { places = {}, inside = [] } = profile.networks ?? {}
  const ofProfile = (Object.hasOwn(places, place) ? (places[place] ?? []) : []).map(addressOf)
  const order = side === 'customer' ? [ofProfile, ofFlow, ofPlace, inside.map(addressOf)] : [ofFlow, ofPlace, ofProfile]
  return {
    place,
    label: known?.label ?? place,
    side,
    addresses: order.find((one) => one.length > 0) ?? [],
  }
}

const addressOf = (text: string): Address => (readIpRange(text) ? { network: text } : { name: text })
