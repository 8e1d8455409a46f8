import { isRefusal, type Refusal } from '@vaxel/base'
import type { PayloadFormat } from '../description/codec-attributes.ts'
import type { CryptoAttribute, SrtpSuite } from '../description/crypto-attribute.ts'
import { type Direction, meetDirections, reverseDirection } from '../description/direction.ts'
import { bundleOf, midOf } from '../description/grouping-attributes.ts'
import type { SessionDescription } from '../description/session-description.ts'
import type { AgreedAudio } from './agreed-audio.ts'
import { type Capabilities, type CodecName, codecFacts, type Keying, type LocalEndpoint } from './capabilities.ts'
import { chooseKeying } from './choose-keying.ts'
import { makeKey, orderCodecs, sessionAttributes, weakestSuite } from './make-offer.ts'
import {
  type MediaLine,
  makeIceCredentials,
  type NegotiationState,
  plainCredentials,
  writeNext,
} from './negotiation-state.ts'
import { firstPeerAudio, packetLengths, type PeerAudio, readPeerAudio, wantsInbandFec } from './offered-audio.ts'
import { payloadName, PayloadNames } from './payload-numbers.ts'
import { NoAudio, NoCommonCodec } from './sdp-refusals.ts'
import { type WrittenFormat, writeAudio, writeUnused } from './write-audio.ts'

const noMki: Uint8Array = new Uint8Array(0)

export interface AnswerWishes {
  /** What we would like to do; narrowed to what the offer allows. */
  readonly direction?: Direction
  /** Codecs to take before all others, in this order; without them the offer's order counts (RFC 3264 §6.1). */
  readonly prefer?: readonly CodecName[]
}

export interface Answer {
  readonly text: string
  readonly state: NegotiationState
  readonly agreed: AgreedAudio
}

/** What of an offer would be taken, before an answer is written. */
export interface WeighedOffer {
  readonly peer: PeerAudio
  readonly keying: Keying
  readonly codec: CodecName
  readonly usesIce: boolean
  /** Digits as events of RFC 4733, which the peer names. */
  readonly events: PayloadFormat | undefined
}

/** Looks at the peer's offer: what an answer to it would come to now, or why there can be none ({@link answerOffer}). */
export function weighOffer(
  state: NegotiationState,
  offer: SessionDescription,
  capabilities: Capabilities,
): WeighedOffer | Refusal {
  const audio = chooseAudio(state, offer, capabilities)
  if (isRefusal(audio)) return audio
  const { name, format } = chooseCodec(audio.peer, capabilities)
  return {
    ...audio,
    codec: name,
    usesIce: canUseIce(audio.peer, capabilities),
    events: capabilities.digitsByInfo ? undefined : chooseEvents(audio.peer.events, format.rateHz),
  }
}

/** Whether a peer's ICE is taken: a lite one would wait for our checks, as we do for its. */
function canUseIce(peer: PeerAudio, capabilities: Capabilities): boolean {
  return peer.ice !== undefined && !peer.ice.isLite && peer.rtcpMux && capabilities.ice !== undefined
}

/**
 * Answers the peer's offer (RFC 3264 §6): the first usable audio is accepted with one codec, digits and comfort noise,
 * all other media descriptions are refused by port 0 in their place. The state that comes back counts only if the answer is sent.
 * @param endpointFor our addresses, by whether the answer uses ICE
 * @param weighed the same offer as weighed in the same state, so that it is not read twice
 * @returns SDP_NO_AUDIO, SDP_NO_COMMON_CODEC, SDP_ENCRYPTION_REQUIRED, SDP_KEYS_IN_THE_OPEN or SDP_NO_COMMON_KEYING where nothing fits
 */
export function answerOffer(
  state: NegotiationState,
  offer: SessionDescription,
  capabilities: Capabilities,
  endpointFor: (usesIce: boolean) => LocalEndpoint,
  wishes: AnswerWishes = {},
  weighed?: WeighedOffer,
): Answer | Refusal {
  const audio = weighed ?? chooseAudio(state, offer, capabilities)
  if (isRefusal(audio)) return audio
  const { peer, keying } = audio
  const codec = chooseCodec(peer, capabilities, wishes.prefer)
  const usesIce = canUseIce(peer, capabilities)
  const endpoint = endpointFor(usesIce)
  const direction = meetDirections(wishes.direction ?? 'sendrecv', reverseDirection(peer.direction))

  const events = capabilities.digitsByInfo ? undefined : chooseEvents(peer.events, codec.format.rateHz)
  const comfortNoise = codecFacts[codec.name].rateHz === 8000 ? peer.comfortNoise : undefined
  const formats: WrittenFormat[] = [{ ...codec.format, parameters: codecFacts[codec.name].parameters }]
  if (events) formats.push({ ...events, parameters: '0-16' })
  if (comfortNoise !== undefined)
    formats.push({ payloadType: comfortNoise, encoding: 'CN', rateHz: 8000, channels: 1, parameters: '' })

  const crypto = keying === 'sdes' ? chooseCrypto(peer) : undefined
  const mki = crypto?.mki
  // Keys that go out of use are forgotten: a key stream is never begun a second time (RFC 3711 §9.1).
  const keys: Partial<Record<SrtpSuite, Uint8Array>> = crypto
    ? { [crypto.suite]: keyBefore(state, crypto) ?? makeKey(crypto.suite, capabilities) }
    : {}
  const dtlsRole = keying === 'dtls' ? answeredRole(peer, state) : undefined
  const ice = usesIce ? localIce(state, peer, capabilities) : state.ice
  const lines = offer.media.map((media): MediaLine => {
    const mid = midOf(media)
    return {
      kind: media.kind,
      protocol: media.protocol,
      format: media.formats[0] ?? '0',
      ...(mid !== undefined && { mid }),
    }
  })
  const isBundled = peer.mid !== undefined && bundleOf(offer).includes(peer.mid)

  const written = writeNext(state, endpoint.address, {
    attributes: sessionAttributes(usesIce, isBundled ? peer.mid : undefined),
    media: lines.map((line, index) =>
      index !== peer.index
        ? writeUnused(line, endpoint.address)
        : writeAudio({
            protocol: peer.protocol,
            endpoint,
            formats,
            direction,
            rtcpMux: peer.rtcpMux,
            ...(peer.mid !== undefined && { mid: peer.mid }),
            cryptos: crypto ? [{ ...crypto, keyAndSalt: keys[crypto.suite]! }] : [],
            ...(dtlsRole && {
              dtls: { fingerprint: capabilities.fingerprint!, setup: dtlsRole === 'client' ? 'active' : 'passive' },
            }),
            ...(usesIce && { ice: { credentials: ice, local: capabilities.ice! } }),
          }),
    ),
  })
  const { offer: _answered, mki: _before, ...stateBefore } = written.state
  return {
    text: written.text,
    state: {
      ...stateBefore,
      lines,
      audioIndex: peer.index,
      payloadNames: rememberPayloadTypes(state, peer),
      keys,
      ...(mki && { mki }),
      ice,
      ...(usesIce && { remoteUfrag: peer.ice!.ufrag }),
      ...(dtlsRole && { dtlsRole }),
      agreed: { keying, usesIce, rtcpMux: peer.rtcpMux, isBundled },
    },
    agreed: {
      codec: codec.name,
      sendPayloadType: codec.format.payloadType,
      ...packetLengths(peer),
      sendInbandFec: codec.name === 'opus' && wantsInbandFec(codec.format),
      receive: [
        { payloadType: codec.format.payloadType, codec: codec.name },
        ...peer.codecs
          .filter(({ name, format }) => capabilities.codecs.includes(name) && format !== codec.format)
          .map(({ name, format }) => ({ payloadType: format.payloadType, codec: name })),
      ],
      ...(events && { sendEvents: { payloadType: events.payloadType, rateHz: events.rateHz } }),
      receiveEvents: peer.events.map(({ payloadType, rateHz }) => ({ payloadType, rateHz })),
      ...(comfortNoise !== undefined && { comfortNoise: { payloadType: comfortNoise } }),
      keying,
      ...(crypto && {
        sdes: {
          suite: crypto.suite,
          send: keys[crypto.suite]!,
          receive: crypto.keyAndSalt,
          ...(mki && { sendMki: mki, receiveMki: mki }),
        },
      }),
      ...(dtlsRole && { dtls: { role: dtlsRole, fingerprints: peer.fingerprints } }),
      ...(usesIce && { ice: { local: plainCredentials(ice), remote: peer.ice! } }),
      ...(peer.remote && { remote: peer.remote }),
      rtcpMux: peer.rtcpMux,
      direction,
      peerDirection: peer.direction,
    },
  }
}

/**
 * The audio in use if it still fits, else the first encrypted one that does (telephones offer both for who takes only one of them), else the first;
 * what kept the first one from fitting otherwise.
 */
function chooseAudio(
  state: NegotiationState,
  offer: SessionDescription,
  capabilities: Capabilities,
): { peer: PeerAudio; keying: Keying } | Refusal {
  const indices = [...offer.media.keys()]
  if (state.audioIndex > 0 && state.audioIndex < indices.length) indices.unshift(state.audioIndex)
  let refusal: Refusal | undefined
  let plain: { peer: PeerAudio; keying: Keying } | undefined
  for (const index of indices) {
    const peer = readPeerAudio(offer, index)
    if (!peer) continue
    const keying = chooseKeying(peer, capabilities, state.agreed?.keying)
    if (isRefusal(keying)) refusal ??= keying
    else if (!peer.codecs.some(({ name }) => capabilities.codecs.includes(name))) refusal ??= NoCommonCodec()
    else if (keying !== 'rtp' || (state.agreed && index === state.audioIndex)) return { peer, keying }
    else plain ??= { peer, keying }
  }
  return plain ?? refusal ?? (firstPeerAudio(offer) ? NoCommonCodec() : NoAudio())
}

function chooseCodec(peer: PeerAudio, capabilities: Capabilities, prefer: readonly CodecName[] = []) {
  const common = peer.codecs.filter(({ name }) => capabilities.codecs.includes(name))
  const order = orderCodecs(
    common.map(({ name }) => name),
    prefer,
  )
  return common.find(({ name }) => name === order[0])!
}

/** The peer's first, but for short tags, which are for those who have nothing else; of two keys of one peer the one without an identifier in each packet. */
function chooseCrypto({ cryptos }: PeerAudio): CryptoAttribute | undefined {
  const strong = cryptos.filter(({ suite }) => suite !== weakestSuite)
  const usable = strong.length > 0 ? strong : cryptos
  return usable.find(({ mki, suite }) => mki === undefined && suite === usable[0]!.suite) ?? usable[0]
}

/** Our key of before, where packets under it look the same: its context goes on, so that no key stream is begun a second time. */
function keyBefore({ keys, mki }: NegotiationState, crypto: CryptoAttribute): Uint8Array | undefined {
  const isSame = Buffer.compare(mki ?? noMki, crypto.mki ?? noMki) === 0
  return isSame ? keys[crypto.suite] : undefined
}

/** Events on the codec's own clock, else on any (Firefox offers 8000 beside Opus). */
function chooseEvents(events: readonly PayloadFormat[], rateHz: number): PayloadFormat | undefined {
  return events.find((format) => format.rateHz === rateHz) ?? events[0]
}

/** RFC 5763 §5: we would rather wait for the peer's handshake, and a role once taken stays while the peer leaves the choice to us. */
function answeredRole(peer: PeerAudio, state: NegotiationState): 'client' | 'server' {
  if (peer.setup === 'passive') return 'client'
  return peer.setup === 'active' ? 'server' : (state.dtlsRole ?? 'server')
}

/** A new ufrag of the peer is an ICE restart, which asks for new credentials of ours as well (RFC 8839 §4.4.1.1.1). */
function localIce(state: NegotiationState, peer: PeerAudio, capabilities: Capabilities) {
  const isRestart = state.remoteUfrag !== undefined && state.remoteUfrag !== peer.ice!.ufrag
  return isRestart ? makeIceCredentials(capabilities.random) : state.ice
}

/** Numbers that the peer gave a meaning are its own from now on. */
export function rememberPayloadTypes(state: NegotiationState, peer: PeerAudio): PayloadNames {
  const names = new PayloadNames(state.payloadNames)
  for (const { name, format } of peer.codecs)
    names.set(format.payloadType, payloadName(codecFacts[name].encoding, codecFacts[name].rateHz))
  for (const format of peer.events) names.set(format.payloadType, payloadName('telephone-event', format.rateHz))
  return names
}
