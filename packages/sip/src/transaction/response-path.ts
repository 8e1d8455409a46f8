import type { SipRequest } from '../message/sip-message.ts'
import { isPrivateAddress } from '../ua/next-hop.ts'
import { type Flow, isReliable, isSecure, type ResolvedTarget } from '../ua/transport.ts'

/**
 * Where the responses of a request go (RFC 3261 §18.2.2, RFC 3581 §4): back over its connection, or its pair of endpoints
 * when the peer wrote `rport`, sent from the port it names, or is surely behind a NAT; else to the port that its Via names. A closed connection is
 * made anew to the sent-by port. `maddr` is not followed: it would let a stranger aim our responses at a third party.
 * @returns the flow itself, or the target to connect to
 */
export function responsePath(request: SipRequest, flow: Flow): Flow | ResolvedTarget {
  const via = request.via
  if (isReliable(flow.protocol)) {
    if (flow.isOpen) return flow
    const port = via.port ?? (isSecure(flow.protocol) ? 5061 : 5060)
    return { protocol: flow.protocol, address: flow.remote.address, port }
  }
  const port = via.port ?? 5060
  const isBehindNat = isPrivateAddress(via.host) && !isPrivateAddress(flow.remote.address)
  if (via.wantsRport || isBehindNat || port === flow.remote.port || port === 0) return flow
  return { protocol: 'udp', address: flow.remote.address, port }
}

/**
 * Writes what the server adds to the top Via (RFC 3261 §18.2.1, RFC 3581 §4): `received` when the source is not what
 * sent-by says or `rport` is asked for, and the source port into `rport`.
 */
export function stampVia(request: SipRequest, flow: Flow): void {
  const via = request.via
  const { address, port } = flow.remote
  if (!via.wantsRport && via.host === address.toLowerCase()) return
  via.parameters.set('received', address)
  if (via.wantsRport) via.parameters.set('rport', String(port))
  request.writeVia()
}
