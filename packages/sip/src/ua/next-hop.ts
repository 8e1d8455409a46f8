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
 * The targets that may stand in for a flow that is gone. A private address that was told by a peer at a public one lies behind
 * that peer's NAT: here it is some other machine, and the request fails instead (430 Flow Failed of RFC 5626 §5.3 says the same).
 * @param from the flow by which the peer was last seen, open or not
 */
export function insteadOf(from: Flow | undefined, targets: readonly ResolvedTarget[]): readonly ResolvedTarget[] {
  if (!from || isPrivateAddress(from.remote.address)) return targets
  return targets.filter((target) => !isPrivateAddress(target.address))
}
