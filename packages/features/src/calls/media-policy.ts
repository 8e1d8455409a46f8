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
  peer: Pick<Device | Trunk, 'keying'> &
    Partial<Pick<Device, 'encryptionRequired'>> &
    Partial<Pick<Trunk, 'codecs' | 'dtmf'>>,
  protocol: Protocol,
  peerAddress: string,
  isTrunk: boolean,
): MediaPolicy {
  const isBrowser = protocol === 'ws' || protocol === 'wss'
  const sdesFits = isSecure(protocol)
  const accept: ('rtp' | 'sdes' | 'dtls')[] = ['dtls']
  if (sdesFits) accept.push('sdes')
  const offer = offeredKeyings(peer, protocol)[0]!
  if (!peer.encryptionRequired && (peer.keying === 'none' || peer.keying === 'auto')) accept.push('rtp')
  return {
    offer,
    accept,
    ice: isBrowser,
    codecs: peer.codecs ?? (isTrunk ? trunkCodecs : codecs),
    peerAddress,
    ...(peer.dtmf === 'info' ? { digitsByInfo: true } : {}),
  }
}

/**
 * What is offered to a peer, one after the other while it refuses with 488: phones on TLS differ in the keying they know, and
 * some have none. Plain audio comes last, and never where encryption is required.
 */
export function offeredKeyings(
  peer: Pick<Device, 'keying'> & Partial<Pick<Device, 'encryptionRequired'>>,
  protocol: Protocol,
): readonly MediaPolicy['offer'][] {
  const isBrowser = protocol === 'ws' || protocol === 'wss'
  const all: readonly MediaPolicy['offer'][] =
    peer.keying === 'none'
      ? ['rtp']
      : peer.keying === 'dtls' || isBrowser
        ? ['dtls']
        : peer.keying === 'sdes'
          ? [isSecure(protocol) ? 'sdes' : 'rtp']
          : isSecure(protocol)
            ? ['sdes', 'dtls', 'rtp']
            : ['rtp', 'dtls']
  const kept = peer.encryptionRequired ? all.filter((keying) => keying !== 'rtp') : all
  return kept.length > 0 ? kept : ['dtls']
}
