import { parseUri } from '../message/uri.ts'
import { type Flow, isReliable, type ResolvedTarget } from './transport.ts'

/** Loopback, link-local, and the ranges of RFC 1918, RFC 6598 and RFC 4193: addresses that mean something else elsewhere. */
export function isPrivateAddress(address: string): boolean {
  if (address.includes(':')) return /^(::1$|fe[89ab]|f[cd])/i.test(address)
  return /^(10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[789]\d|1[01]\d|12[0-7])\.)/.test(
    address,
  )
}

/**
 * Whether a request to `nextHop` goes over this flow without asking DNS: any open connection (RFC 5923's reuse, and the
 * only way to a browser), a pair of UDP endpoints that passes a NAT or was given with a binding, or one that is the next hop.
 * @param isPinned the peer was seen behind a NAT, or the flow came with its binding (RFC 5626)
 */
export function reachesBy(flow: Flow | undefined, nextHop: string, isPinned: boolean): flow is Flow {
  if (!flow?.isOpen) return false
  if (isPinned || isReliable(flow.protocol)) return true
  const uri = parseUri(nextHop)
  if (!uri || uri.scheme !== 'sip') return false
  const transport = uri.parameters.get('transport')?.toLowerCase() ?? 'udp'
  if (transport !== 'udp') return false
  if (uri.host === flow.remote.address && (uri.port ?? 5060) === flow.remote.port) return true
  return isPrivateAddress(uri.host) && !isPrivateAddress(flow.remote.address)
}

/**
 * Whether an address may be one machine's: not unspecified, multicast, broadcast or reserved, nor one family written as the
 * other (`::ffff:10.0.0.1`), which would pass for something else than it is. Names may.
 */
export function isUnicastAddress(address: string): boolean {
  if (!address.includes(':')) return !/^(0|22[4-9]|23\d|24\d|25[0-5])\.[\d.]+$/.test(address)
  return !/^(ff[\da-f]{2}:|0{0,4}:)/i.test(address) || isLoopbackAddress(address)
}

const isLoopbackAddress = (address: string): boolean =>
  /^127\.[\d.]+$/.test(address) || /^(::|(0{1,4}:){7})0{0,3}1$/.test(address)

const isLinkLocalAddress = (address: string): boolean => /^(169\.254\.|fe[89ab][\da-f]:)/i.test(address)

/** Where other services listen, which a SIP request would reach as a line of theirs. */
const firstFreePort = 1024

/**
 * The targets that a peer's word (Contact, Route, Record-Route, Path) may send us to once its flow is gone. Never to what is no
 * machine's address; to this machine, this link and the ports below 1024 only if the peer itself was there. A private address
 * that was told by a peer at a public one lies behind that peer's NAT: here it is some other machine, and the request fails
 * instead (430 Flow Failed of RFC 5626 §5.3 says the same).
 * @param from the flow by which the peer was last seen, open or not; none where the configuration names the target
 * @param staysWithPeer no other machine may stand in: a registered phone is where it registered from
 */
export function insteadOf(
  from: Flow | undefined,
  targets: readonly ResolvedTarget[],
  staysWithPeer = false,
): readonly ResolvedTarget[] {
  const real = targets.filter(({ address, port }) => port > 0 && isUnicastAddress(address))
  if (!from) return real
  const { remote } = from
  const may = ({ address, port }: ResolvedTarget): boolean => {
    if (port < firstFreePort && port !== remote.port) return false
    if (address === remote.address) return true
    if (staysWithPeer) return false
    if (isLoopbackAddress(address)) return isLoopbackAddress(remote.address)
    if (isLinkLocalAddress(address)) return isLinkLocalAddress(remote.address)
    return !isPrivateAddress(address) || isPrivateAddress(remote.address)
  }
  return real.filter(may)
}
