import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Address, FlowBody, FlowEnd } from '../catalogue/requirement.ts'
import { addressMembers, type Member, portMembers, touching } from './set-changes.ts'

/** Addresses of one end: its own, else those that the catalogue knows of its place; none: any. */
export function addressesOfEnd({ place, addresses = [] }: FlowEnd, { places }: Catalogue): readonly Address[] {
  return addresses.length > 0 ? addresses : (places.find(({ name }) => name === place)?.addresses ?? [])
}

/** What a version still uses: a change may offer for closing only what is not among it. */
export interface InUse {
  /** Whether any requirement names something of this address without a day on which it goes, for whatever it is used. */
  readonly hasAddress: (member: Member) => boolean
  /** Whether another flow uses something of this port towards something of these addresses; no addresses: any. */
  readonly hasPort: (port: Member, flow: FlowBody, catalogue: Catalogue) => boolean
}

/** Looks through all flows and rules of the network once. */
export function inUse(catalogue: Catalogue): InUse {
  const staying = catalogue.requirements.filter(({ window }) => window?.retired === undefined)
  const flows = staying.flatMap(({ body }) => (body.kind === 'flow' ? [body] : []))
  const rules = staying.flatMap(({ body }) => (body.kind === 'lan' ? (body.addresses ?? []) : []))
  const ends = flows.flatMap((flow) => [...addressesOfEnd(flow.from, catalogue), ...addressesOfEnd(flow.to, catalogue)])
  const all = addressMembers([...ends, ...rules].filter(({ window }) => window?.retired === undefined))
  const targets = flows.map((flow) => ({
    protocol: flow.protocol,
    ports: portMembers(flow.ports),
    addresses: addressMembers(addressesOfEnd(flow.to, catalogue)),
    place: flow.to.place,
  }))
  return {
    hasAddress: (member) => touching(member, all).length > 0,
    hasPort: (port, flow, from) => {
      const own = addressMembers(addressesOfEnd(flow.to, from))
      return targets.some(
        ({ protocol, ports, addresses, place }) =>
          protocol === flow.protocol &&
          touching(port, ports).length > 0 &&
          (place === flow.to.place ||
            own.length === 0 ||
            addresses.length === 0 ||
            own.some((member) => touching(member, addresses).length > 0)),
      )
    },
  }
}
