import type { Device, MediaPolicy, Trunk } from '@vaxel/core'
import { isSecure, type Protocol } from '@vaxel/sip'

const codecs: MediaPolicy['codecs'] = ['opus', 'G722', 'PCMA', 'PCMU']
const trunkCodecs: MediaPolicy['codecs'] = ['PCMA', 'PCMU', 'G722', 'opus']

/**
 * How the audio of a leg is keyed. SRTP is the default wherever its keys can be kept secret: DTLS for browsers,
 * SDES inside TLS. Keys are never sent over an open transport, so a phone on UDP or TCP gets plain RTP, which is
 * marked unencrypted, unless its device asks for DTLS, whose keys are not in the signalling.
 */
export function mediaPolicy(
  peer: Pick<Device, 'keying'> | Pick<Trunk, 'keying'>,
  protocol: Protocol,
  peerAddress: string,
  isTrunk: boolean,
): MediaPolicy {
  const isBrowser = protocol === 'ws' || protocol === 'wss'
  const sdesFits = isSecure(protocol)
  const accept: ('rtp' | 'sdes' | 'dtls')[] = ['dtls']
  if (sdesFits) accept.push('sdes')
  const offer = offered(peer.keying, isBrowser, sdesFits)
  if (peer.keying === 'none' || peer.keying === 'auto') accept.push('rtp')
  return { offer, accept, ice: isBrowser, codecs: isTrunk ? trunkCodecs : codecs, peerAddress }
}

function offered(keying: Device['keying'], isBrowser: boolean, sdesFits: boolean): MediaPolicy['offer'] {
  switch (keying) {
    case 'none':
      return 'rtp'
    case 'dtls':
      return 'dtls'
    case 'sdes':
      return sdesFits ? 'sdes' : 'rtp'
    case 'auto':
      return isBrowser ? 'dtls' : sdesFits ? 'sdes' : 'rtp'
  }
}
