import { isRefusal, type Refusal } from '@vaxel/base'
import { meetDirections, reverseDirection } from '../description/direction.ts'
import { bundleOf } from '../description/grouping-attributes.ts'
import type { SessionDescription } from '../description/session-description.ts'
import type { AgreedAudio } from './agreed-audio.ts'
import { rememberPayloadTypes } from './answer-offer.ts'
import type { CodecName } from './capabilities.ts'
import { codecFacts } from './capabilities.ts'
import { type NegotiationState, type PendingOffer, plainCredentials } from './negotiation-state.ts'
import { packetLengths, type PeerAudio, readPeerAudio, wantsInbandFec } from './offered-audio.ts'
import { EncryptionRequired, MalformedDescription, NoAudio, NoCommonCodec, NoCommonKeying } from './sdp-refusals.ts'

/**
 * Takes the peer's answer to our last offer (RFC 3264 §7). May be called again for the same offer: a reliable 18x and the 200
 * bring the answer twice, and a fork brings another one.
 * @returns SDP_MALFORMED where the answer does not fit the offer's media descriptions, SDP_NO_AUDIO where our audio was
 * refused, and as in an answer of our own where codec or keying do not meet the offer. A refusal leaves the state as it was.
 */
export function applyAnswer(
  state: NegotiationState,
  answer: SessionDescription,
): { readonly state: NegotiationState; readonly agreed: AgreedAudio; readonly peer: PeerAudio } | Refusal {
  const { offer } = state
  if (!offer) return MalformedDescription('An answer came where no offer had been made.')
  if (answer.media.length === 0) return NoAudio()
  if (answer.media.length > offer.lines.length)
    return MalformedDescription('The answer has more media descriptions than the offer.')
  const peer = readPeerAudio(answer, offer.audioIndex)
  if (!peer) return NoAudio()
  const codec = peer.codecs.find(({ name }) => offer.codecs.some((offered) => offered.codec === name))
  if (!codec) return NoCommonCodec()
  const keying = answeredKeying(offer, peer, state.mki)
  if (isRefusal(keying)) return keying

  const ice = offer.usesIce ? peer.ice : undefined
  // The shared port tells peers apart by their ICE checks, so audio could not find its leg.
  if (offer.usesIce && !ice) return NoAudio('The offer was for ICE, and the answer has none.')
  const rtcpMux = peer.rtcpMux && offer.rtcpMux
  const rateHz = codecFacts[codec.name].rateHz
  const receive = mergeReceived(offer, peer, codec.name)
  const events = peer.events.find((format) => format.rateHz === rateHz) ?? peer.events[0]
  return {
    peer,
    state: {
      ...state,
      payloadNames: rememberPayloadTypes(state, peer),
      keys: keying.sdes ? { [keying.sdes.suite]: keying.sdes.send } : {},
      ...(ice && { remoteUfrag: ice.ufrag }),
      ...(keying.dtls && { dtlsRole: keying.dtls.role }),
      agreed: {
        keying: keying.keying,
        usesIce: ice !== undefined,
        rtcpMux,
        isBundled: peer.mid !== undefined && bundleOf(answer).includes(peer.mid),
      },
    },
    agreed: {
      codec: codec.name,
      sendPayloadType: codec.format.payloadType,
      ...packetLengths(peer),
      sendInbandFec: codec.name === 'opus' && wantsInbandFec(codec.format),
      receive,
      ...(events && { sendEvents: { payloadType: events.payloadType, rateHz: events.rateHz } }),
      receiveEvents: mergeEvents(offer, peer, receive),
      ...keying,
      ...(ice && { ice: { local: plainCredentials(state.ice), remote: ice } }),
      ...(peer.remote && { remote: peer.remote }),
      rtcpMux,
      direction: meetDirections(offer.direction, reverseDirection(peer.direction)),
      peerDirection: peer.direction,
    },
  }
}

function answeredKeying(
  offer: PendingOffer,
  peer: PeerAudio,
  ownMki: Uint8Array | undefined,
): Pick<AgreedAudio, 'keying' | 'sdes' | 'dtls'> | Refusal {
  if (offer.keying === 'rtp') return peer.isSecureProfile || peer.isDtlsProfile ? NoCommonKeying() : { keying: 'rtp' }
  if (offer.keying === 'sdes') {
    if (peer.cryptos.length === 0 && offer.alsoDtls && peer.fingerprints.length > 0) return dtlsWith(peer)
    if (peer.cryptos.length === 0) return peer.isSecureProfile ? NoCommonKeying() : EncryptionRequired()
    for (const { suite, tag, keyAndSalt, mki } of peer.cryptos) {
      // The suite decides: some phones number their lines afresh instead of repeating the tag (RFC 4568 §5.1.3).
      const ours =
        offer.suites.find((offered) => offered.suite === suite && offered.tag === tag) ??
        offer.suites.find((offered) => offered.suite === suite)
      if (!ours) continue
      const sdes = { suite, send: ours.key, receive: keyAndSalt }
      return {
        keying: 'sdes',
        sdes: { ...sdes, ...(ownMki && { sendMki: ownMki }), ...(mki && { receiveMki: mki }) },
      }
    }
    return NoCommonKeying()
  }
  if (peer.fingerprints.length === 0) return peer.isSecureProfile ? NoCommonKeying() : EncryptionRequired()
  return dtlsWith(peer)
}

function dtlsWith({ setup, fingerprints }: PeerAudio): Pick<AgreedAudio, 'keying' | 'dtls'> {
  return { keying: 'dtls', dtls: { role: setup === 'passive' ? 'client' : 'server', fingerprints } }
}

/** What we offered, the answered codec first, and numbers of the answer that mean nothing else to us. */
function mergeReceived(offer: PendingOffer, peer: PeerAudio, first: CodecName) {
  const received = [...offer.codecs].sort((a, b) => Number(b.codec === first) - Number(a.codec === first))
  for (const { name, format } of peer.codecs) {
    const isTaken =
      received.some(({ payloadType }) => payloadType === format.payloadType) ||
      offer.events.some(({ payloadType }) => payloadType === format.payloadType)
    if (!isTaken && offer.codecs.some(({ codec }) => codec === name))
      received.push({ payloadType: format.payloadType, codec: name })
  }
  return received
}

/** As offered, and numbers of the answer that mean nothing else to us. Without events in the answer neither side sends any (RFC 3264 §6.1). */
function mergeEvents(
  offer: PendingOffer,
  peer: PeerAudio,
  codecs: AgreedAudio['receive'],
): AgreedAudio['receiveEvents'] {
  if (peer.events.length === 0) return []
  const events = [...offer.events]
  for (const { payloadType, rateHz } of peer.events) {
    const isTaken = [...codecs, ...events].some((other) => other.payloadType === payloadType)
    if (!isTaken && offer.events.length > 0) events.push({ payloadType, rateHz })
  }
  return events
}
