import { refusal } from '@vaxel/base'

/** The body is no session description (RFC 8866), or an answer does not belong to its offer. */
export const MalformedDescription = refusal('SDP_MALFORMED', {
  sip: 400,
  http: 400,
  blame: 'caller',
  text: 'The session description cannot be read.',
})

/** No media description of kind audio over RTP that is not rejected. */
export const NoAudio = refusal('SDP_NO_AUDIO', {
  sip: 488,
  http: 422,
  blame: 'caller',
  text: 'The session description has no audio that can be used.',
})

export const NoCommonCodec = refusal('SDP_NO_COMMON_CODEC', {
  sip: 488,
  http: 422,
  blame: 'caller',
  text: 'The two sides share no codec.',
})

/** Policy demands encrypted audio and the peer has none to give. */
export const EncryptionRequired = refusal('SDP_ENCRYPTION_REQUIRED', {
  sip: 488,
  http: 422,
  blame: 'caller',
  text: 'This device may only call encrypted, and the other side offers no encryption.',
})

/** The peer encrypts in ways that we or the policy do not have (suite, key, fingerprint, certificate). */
export const NoCommonKeying = refusal('SDP_NO_COMMON_KEYING', {
  sip: 488,
  http: 422,
  blame: 'caller',
  text: 'The two sides share no way to exchange keys for the audio.',
})

/** The peer wants SDES alone (RFC 4568), and its signalling, in which the keys stand, is not encrypted. */
export const KeysInTheOpen = refusal('SDP_KEYS_IN_THE_OPEN', {
  sip: 488,
  http: 422,
  blame: 'caller',
  text: 'The keys of the encrypted audio (SRTP with SDES) would be readable on the way: let this device use TLS for SIP, or turn its encrypted audio off.',
})
