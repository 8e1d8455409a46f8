import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Address, FlowBody, FlowEnd } from '../catalogue/requirement.ts'
import { addressMembers, type Member, portMembers } from './member.ts'
import { MemberSet } from './member-set.ts'

/** Addresses of one end: its own, else those that the catalogue knows of its place; none: any. */
export function addressesOfEnd({ place, addresses = [] }: FlowEnd, { places }: Catalogue): readonly Address[] {
  return addresses.length > 0 ? addresses : (places.find(({ name }) => name === place)?.addresses ?? [])
}

/** What a version still uses: a change may offer for closing only what is not among it. */
export interface InUse {
  /** Whether any requirement names something of this address without a day on which it goes, for whatever it is used. */
  readonly hasAddress: (member: Member) => boolean
  /** Of a flow of the older version: whether a port of it is used towards its place, or some of its addresses. */
  readonly portsOf: (flow: FlowBody, catalogue: Catalogue) => (port: Member) => boolean
}

/** Looks through all flows and rules of the network once. */
export function inUse(catalogue: Catalogue): InUse {
  const staying = catalogue.requirements.filter(({ window }) => window?.retired === undefined)
  const flows = staying.flatMap(({ body }) => (body.kind === 'flow' ? [body] : []))
  const rules = staying.flatMap(({ body }) => (body.kind === 'lan' ? (body.addresses ?? []) : []))
  const ends = flows.flatMap((flow) => [...addressesOfEnd(flow.from, catalogue), ...addressesOfEnd(flow.to, catalogue)])
  const all = new MemberSet(addressMembers([...ends, ...rules].filter(({ window }) => window?.retired === undefined)))
  const targets = flows.map((flow) => {
    const addresses = addressMembers(addressesOfEnd(flow.to, catalogue))
    return {
      protocol: flow.protocol,
      ports: new MemberSet(portMembers(flow.ports.filter(({ window }) => window?.retired === undefined))),
      addresses: new MemberSet(addresses),
      isAny: addresses.length === 0,
      place: flow.to.place,
    }
  })
  return {
    hasAddress: (member) => all.touches(member),
    portsOf: (flow, from) => {
      const own = addressMembers(addressesOfEnd(flow.to, from))
      const same = targets.filter(
        ({ protocol, addresses, isAny, place }) =>
          protocol === flow.protocol &&
          (place === flow.to.place || own.length === 0 || isAny || own.some((member) => addresses.touches(member))),
      )
      return (port) => same.some(({ ports }) => ports.touches(port))
    },
  }
}
