import type { Refusal } from '@vaxel/base'
import type { Capabilities, Keying } from './capabilities.ts'
import type { PeerAudio } from './offered-audio.ts'
import { EncryptionRequired, KeysInTheOpen, NoCommonKeying } from './sdp-refusals.ts'

/**
 * How the offered audio will be keyed: the first of what we accept that the offer has, plain RTP only if nothing else fits.
 * What was agreed before stays where it can. Keys or a fingerprint under `RTP/AVP` count (optional encryption, RFC 8643).
 */
export function chooseKeying(
  audio: PeerAudio,
  capabilities: Pick<Capabilities, 'acceptKeyings' | 'fingerprint'>,
  before?: Keying,
): Keying | Refusal {
  const offered: Record<Keying, boolean> = {
    dtls: audio.fingerprints.length > 0,
    sdes: audio.cryptos.length > 0 && !audio.isDtlsProfile,
    rtp: !audio.isSecureProfile && !audio.isDtlsProfile,
  }
  const accepted = capabilities.acceptKeyings.filter((keying) => keying !== 'dtls' || capabilities.fingerprint)
  // RTP/SAVP is the profile of SDES; a fingerprint in it is a second choice.
  const wanted = offered.sdes && accepted.includes('sdes') ? [...new Set<Keying>(['sdes', ...accepted])] : accepted
  const isFitting = (keying: Keying) => keying !== 'rtp' && offered[keying]
  const chosen = before && wanted.includes(before) && isFitting(before) ? before : wanted.find(isFitting)
  if (chosen) return chosen
  if (wanted.includes('rtp') && offered.rtp) return 'rtp'
  if (offered.sdes && !offered.dtls && !accepted.includes('sdes')) return KeysInTheOpen()
  return offered.rtp && !offered.dtls && !offered.sdes ? EncryptionRequired() : NoCommonKeying()
}
