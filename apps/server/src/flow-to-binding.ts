import type { Network } from '@vaxel/connect'
import type { Binding } from '@vaxel/core'
import { type Flow, parseNameAddress } from '@vaxel/sip'

/**
 * Where requests for a binding go.
 * A stream is used while it is open. On UDP a phone, or the proxy before it (RFC 3327 §5.3), that names another port of the very address its REGISTER
 * came from means that port (RFC 3261 §10.3), unless its Via shows that a router translates: then that router's SIP gateway wrote the
 * contact, with a port that it does not listen on; in all other cases the way back is the way it came, which also leads through a NAT
 * (RFC 5626). A stream that is gone is named all the same: the contact is then resolved (RFC 3263), and the stack knows
 * where the phone was, so that nothing meant for it goes to another machine with its private address.
 */
export function flowToBinding(network: Pick<Network, 'flow' | 'findFlow'>, binding: Binding): Flow | undefined {
  const { flow } = binding
  if (flow.protocol !== 'udp') {
    return network.flow(flow.id) ?? closedFlow(flow)
  }
  const next = parseNameAddress(binding.path[0] ?? `<${binding.contact}>`)?.uri
  const port = next?.port ?? 5060
  const mayMeanPort = binding.regId === undefined && !binding.isTranslated
  const isOtherPort = mayMeanPort && next?.host === flow.remoteAddress && port !== flow.remotePort
  return network.findFlow('udp', { address: flow.remoteAddress, port: isOtherPort ? port : flow.remotePort })
}

function closedFlow({ id, protocol, localAddress, localPort, remoteAddress, remotePort }: Binding['flow']): Flow {
  const local = { address: localAddress, port: localPort }
  return { id, protocol, local, remote: { address: remoteAddress, port: remotePort }, isOpen: false }
}
