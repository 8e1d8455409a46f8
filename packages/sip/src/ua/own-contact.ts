import { escapeUser, formatHost } from '../message/uri.ts'
import type { Flow, Protocol, SipTransport } from './transport.ts'

/** `transport` parameter of a URI for each protocol; UDP is what a URI without one means (RFC 3261 §19.1.1, RFC 7118 §5.4). */
const transportParameter: Readonly<Record<Protocol, string>> = {
  udp: '',
  tcp: ';transport=tcp',
  tls: ';transport=tls',
  ws: ';transport=ws',
  wss: ';transport=ws',
}

/**
 * Our Contact value for a peer on this flow.
 * @param user without escapes
 */
export function ownContact(
  transport: SipTransport,
  flow: Flow,
  user: string | undefined,
  isSips: boolean,
  host?: string,
): string {
  const advertised = transport.advertised(flow)
  const { port } = advertised
  const address = host ?? advertised.address
  const userPart = user === undefined || user === '' ? '' : `${escapeUser(user)}@`
  const scheme = isSips ? 'sips' : 'sip'
  const parameter = isSips && flow.protocol === 'tls' ? '' : transportParameter[flow.protocol]
  return `<${scheme}:${userPart}${formatHost(address, port)}${parameter}>`
}

const viaName: Readonly<Record<Protocol, string>> = { udp: 'UDP', tcp: 'TCP', tls: 'TLS', ws: 'WS', wss: 'WSS' }

/** Our Via value for a request on this flow, with `rport` (RFC 3581 §3). */
export function ownVia(transport: SipTransport, flow: Flow, branch: string): string {
  const { address, port } = transport.advertised(flow)
  return `SIP/2.0/${viaName[flow.protocol]} ${formatHost(address, port)};branch=${branch};rport`
}
