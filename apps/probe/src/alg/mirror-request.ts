import { type Mac, mirrorTicketHeader, mirrorUserPrefix, writeMirrorTicket } from '@vaxel/site'
import type { Endpoint } from '../path/datagram-socket.ts'

export interface MirrorRequest {
  readonly protocol: 'udp' | 'tcp' | 'tls'
  readonly checkId: string
  /** Hexadecimal, different in each request: at least 16 digits. */
  readonly nonce: string
  readonly local: Endpoint
  readonly server: Endpoint
}

/** Over UDP the answer may not be longer than the request; below what every path carries in one piece (RFC 3261 §18.1.1). */
const wholeBytes = 1_280

/**
 * An INVITE as a telephone in this network would send it: its own address in Via, Contact, Call-ID and in the description,
 * where gateways look for it. The padding makes room for the answer.
 */
export function mirrorRequest({ protocol, checkId, nonce, local, server }: MirrorRequest, mac: Mac): string {
  const isSix = local.address.includes(':')
  const host = isSix ? `[${local.address}]` : local.address
  const target = `${mirrorUserPrefix}${checkId}@${server.address.includes(':') ? `[${server.address}]` : server.address}`
  const parameter = protocol === 'udp' ? '' : `;transport=${protocol}`
  // A port of this machine that no rule of a gateway takes for the signalling's.
  const audioPort = 40_000 + (local.port % 10_000) * 2
  const connection = `IN IP${isSix ? 6 : 4} ${local.address}`
  const body = [
    'v=0',
    `o=site-check ${Number.parseInt(nonce.slice(0, 8), 16)} 1 ${connection}`,
    's=-',
    `c=${connection}`,
    't=0 0',
    `m=audio ${audioPort} RTP/AVP 8 0 101`,
    'a=rtpmap:8 PCMA/8000',
    'a=rtpmap:101 telephone-event/8000',
    `a=rtcp:${audioPort + 1} ${connection}`,
    'a=sendrecv',
    '',
  ].join('\r\n')
  const write = (padding: number): string =>
    [
      `INVITE sip:${target}${parameter} SIP/2.0`,
      `Via: SIP/2.0/${protocol.toUpperCase()} ${host}:${local.port};branch=z9hG4bK${nonce};rport`,
      'Max-Forwards: 70',
      `From: <sip:site-check@${host}>;tag=${nonce.slice(0, 8)}`,
      `To: <sip:${target}>`,
      `Call-ID: ${nonce}@${host}`,
      'CSeq: 1 INVITE',
      `Contact: <sip:site-check@${host}:${local.port}${parameter}>`,
      'Allow: INVITE, ACK, CANCEL, BYE, OPTIONS',
      `${mirrorTicketHeader}: ${writeMirrorTicket({ checkId, nonce: nonce.slice(0, 16) }, mac)}`,
      ...(padding > 0 ? [`X-Padding: ${'a'.repeat(padding)}`] : []),
      'Content-Type: application/sdp',
      `Content-Length: ${body.length}`,
      '',
      body,
    ].join('\r\n')
  const least = write(1).length
  return protocol === 'udp' ? write(Math.max(1, 1 + wholeBytes - least)) : write(0)
}

/** The ACK that ends the transaction of a final answer that is no success (RFC 3261 §17.1.1.3). @param to of the answer */
export function mirrorAck(request: string, to: string): string {
  const line = (name: string): string => request.split('\r\n').find((one) => one.startsWith(`${name}:`)) ?? ''
  return [
    request.slice(0, request.indexOf('\r\n')).replace(/^INVITE/, 'ACK'),
    line('Via'),
    'Max-Forwards: 70',
    line('From'),
    to,
    line('Call-ID'),
    'CSeq: 1 ACK',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n')
}
