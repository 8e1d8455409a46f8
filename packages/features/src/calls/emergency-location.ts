import { type Clock, hostOfAddress } from '@vaxel/base'
import type { CallState, Company, EmergencyPlaces, SitePlace, Trunk } from '@vaxel/core'
import {
  type CivicLocation,
  type Enclosure,
  parseNameAddress,
  pidfType,
  type SipRequest,
  writePidfLo,
} from '@vaxel/sip'

/**
 * The place of whoever makes an emergency call, for a trunk that takes it (RFC 6442 §3: a location by value, with which the call may be routed).
 * Undefined where nothing is known that an ambulance could be sent to.
 */
export function emergencyLocation(options: {
  readonly trunk: Trunk
  readonly state: CallState
  readonly company: Company
  /** Value of From, whose place it is. */
  readonly from: string
  /** Our own name there. */
  readonly host: string
  readonly places?: EmergencyPlaces
  readonly clock: Clock
}): Enclosure | undefined {
  const { trunk, state, company, from, host, places, clock } = options
  const { call } = state
  if (!call.isEmergency || !trunk.sendsLocation) return undefined
  const caller = [...call.legs.values()].find(({ role }) => role === 'caller')
  const place =
    caller?.remoteAddress === undefined ? undefined : places?.placeOf(company.id, hostOfAddress(caller.remoteAddress))
  const location = place && civicOf(place)
  if (!location) return undefined
  const contentId = `${call.id}@${host}`
  return {
    contentId,
    contentType: pidfType,
    content: writePidfLo({
      entity: parseNameAddress(from)?.uri.toString() ?? 'sip:anonymous@anonymous.invalid',
      location,
      atMs: clock.now(),
    }),
    headers: [
      ['Geolocation', `<cid:${contentId}>`],
      ['Geolocation-Routing', 'yes'],
    ],
  }
}

/** The part of the site's network is what people call a place in the house. */
function civicOf({ site, segment, address }: SitePlace): CivicLocation | undefined {
  if (!address) return undefined
  const { country, region, city, street, houseNumber, postalCode, building } = address
  return {
    country,
    A3: city,
    RD: street,
    NAM: site,
    ...(region === undefined ? {} : { A1: region }),
    ...(houseNumber === undefined ? {} : { HNO: houseNumber }),
    ...(segment === undefined ? {} : { LOC: segment }),
    ...(postalCode === undefined ? {} : { PC: postalCode }),
    ...(building === undefined ? {} : { BLD: building }),
  }
}

/** Values of Geolocation that go on without a body: those that point into the one that came do not (RFC 6442 §4.1). */
export const locationsByReference = (request: SipRequest): readonly string[] =>
  request.headers.getAll('Geolocation').filter((value) => !/^\s*<?\s*cid:/i.test(value))
