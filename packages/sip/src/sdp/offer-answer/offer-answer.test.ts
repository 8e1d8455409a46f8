import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isRefusal, type Refusal } from '@vaxel/base'
import fc from 'fast-check'
import { iceOf } from '../description/ice-attributes.ts'
import { parseDescription } from '../description/parse-description.ts'
import { attributeOf, attributesOf, type SessionDescription } from '../description/session-description.ts'
import * as samples from '../sample-descriptions.fixture.ts'
import { type Answer, answerOffer, type AnswerWishes } from './answer-offer.ts'
import { applyAnswer } from './apply-answer.ts'
import type { Capabilities, LocalEndpoint } from './capabilities.ts'
import { makeOffer } from './make-offer.ts'
import { type NegotiationState, startNegotiation } from './negotiation-state.ts'

let seed = 0
const random = (count: number) => Uint8Array.from({ length: count }, () => (seed = (seed * 75 + 74) % 65_537) & 255)

const capabilities: Capabilities = {
  codecs: ['opus', 'G722', 'PCMA', 'PCMU'],
  offerKeying: 'rtp',
  acceptKeyings: ['dtls', 'sdes', 'rtp'],
  offerIce: false,
  ice: { candidates: [{ address: '192.0.2.1', port: 5004 }] },
  fingerprint: { hash: 'sha-256', value: Array.from({ length: 32 }, () => 'CD').join(':') },
  random,
}
const ports: LocalEndpoint = { address: '192.0.2.1', rtpPort: 50_000, rtcpPort: 50_001 }
const shared: LocalEndpoint = { address: '192.0.2.1', rtpPort: 5004, rtcpPort: 5004 }
const endpointFor = (usesIce: boolean) => (usesIce ? shared : ports)

function read(text: string): SessionDescription {
  const parsed = parseDescription(text)
  assert.ok(parsed.ok)
  return parsed.description
}

function answer(
  offer: string,
  {
    state = startNegotiation(random),
    wishes = {},
    ...more
  }: { state?: NegotiationState; wishes?: AnswerWishes } & Partial<Capabilities> = {},
): Answer {
  const answered = answerOffer(state, read(offer), { ...capabilities, ...more }, endpointFor, wishes)
  assert.ok(!isRefusal(answered), isRefusal(answered) ? answered.code : '')
  return answered
}

function refused(outcome: unknown): Refusal['code'] {
  assert.ok(isRefusal(outcome))
  return outcome.code
}

const refuse = (offer: string, more: Partial<Capabilities> = {}) =>
  refused(answerOffer(startNegotiation(random), read(offer), { ...capabilities, ...more }, endpointFor))

describe('answerOffer (RFC 3264 §6)', () => {
  it('takes the first common codec in the order of the offer, with its payload type and digits on its clock', () => {
    const { agreed, text } = answer(samples.baresipPlain)
    assert.equal(agreed.codec, 'opus')
    assert.equal(agreed.sendPayloadType, 96)
    assert.equal(agreed.sendInbandFec, true)
    assert.deepEqual(agreed.sendEvents, { payloadType: 101, rateHz: 8000 })
    assert.deepEqual(agreed.remote, { address: '127.0.0.1', rtpPort: 20_346, rtcpPort: 20_347 })
    const [audio] = read(text).media
    assert.deepEqual(audio!.formats, ['96', '101'])
    assert.equal(audio!.port, 50_000)
    assert.equal(audio!.protocol, 'RTP/AVP')
  })

  it('puts the codecs of the other leg first', () => {
    const { agreed } = answer(samples.baresipPlain, { wishes: { prefer: ['PCMU', 'PCMA'] } })
    assert.equal(agreed.codec, 'PCMU')
    assert.deepEqual(agreed.receive[0], { payloadType: 0, codec: 'PCMU' })
  })

  it('refuses video by port 0 in its place and keeps mids', () => {
    const { text } = answer(samples.linphoneVideo)
    const { media } = read(text)
    assert.deepEqual(
      media.map(({ kind, port }) => [kind, port]),
      [
        ['audio', 50_000],
        ['video', 0],
      ],
    )
    assert.equal(attributeOf(media[0]!, 'mid'), 'as')
    assert.equal(attributeOf(media[1]!, 'mid'), 'vs')
  })

  it("answers ICE without rtcp-mux without ICE, on the leg's own ports", () => {
    const { agreed } = answer(samples.linphoneVideo)
    assert.equal(agreed.ice, undefined)
    assert.equal(agreed.remote?.rtpPort, 7078)
    assert.equal(agreed.sendEvents?.payloadType, 101)
  })

  it('answers Chromium as it demands: ICE-lite, passive DTLS, rtcp-mux, its mid alone in the bundle', () => {
    const { agreed, text } = answer(samples.chromium)
    const description = read(text)
    const [audio, video] = description.media
    assert.equal(attributeOf(description, 'ice-lite'), '')
    assert.equal(attributeOf(description, 'group'), 'BUNDLE 0')
    assert.equal(audio!.protocol, 'UDP/TLS/RTP/SAVPF')
    assert.equal(audio!.port, 5004)
    assert.deepEqual(audio!.formats, ['111', '110'])
    assert.equal(attributeOf(audio!, 'setup'), 'passive')
    assert.equal(attributeOf(audio!, 'rtcp-mux'), '')
    assert.equal(attributeOf(audio!, 'mid'), '0')
    assert.match(attributeOf(audio!, 'fingerprint')!, /^sha-256 CD:/)
    assert.deepEqual(attributesOf(audio!, 'candidate'), ['1 1 udp 2130706431 192.0.2.1 5004 typ host'])
    assert.deepEqual(iceOf(description, audio!)?.ufrag, agreed.ice?.local.ufrag)
    assert.equal(video!.port, 0)
    assert.equal(attributeOf(video!, 'mid'), '1')
    assert.equal(agreed.keying, 'dtls')
    assert.equal(agreed.dtls?.role, 'server')
    assert.deepEqual(
      agreed.ice?.remote.candidates.map(({ address }) => address),
      ['192.0.2.30', '2001:db8::30', '0b6c1a4c-5f1e-4c6b-8b5e-e0b0c7f0a111.local'],
    )
    assert.equal(agreed.comfortNoise, undefined, 'CN is for 8 kHz codecs')
  })

  it('answers Firefox: session-level fingerprint, address zero is no hold beside ICE, events at 8 kHz beside Opus', () => {
    const { agreed } = answer(samples.firefox)
    assert.equal(agreed.keying, 'dtls')
    assert.equal(agreed.peerDirection, 'sendrecv')
    assert.equal(agreed.direction, 'sendrecv')
    assert.deepEqual(agreed.sendEvents, { payloadType: 101, rateHz: 8000 })
    assert.equal(agreed.remote, undefined)
  })

  it('answers comfort noise where it is offered beside an 8 kHz codec (RFC 3389)', () => {
    const { agreed, text } = answer(samples.chromium, { wishes: { prefer: ['PCMA'] } })
    assert.equal(agreed.comfortNoise?.payloadType, 13)
    assert.deepEqual(read(text).media[0]!.formats, ['8', '126', '13'])
  })

  it('takes keys under RTP/AVP as optional encryption, and plain RTP where policy has no keys', () => {
    const { agreed, text } = answer(samples.snomOptional)
    assert.equal(agreed.keying, 'sdes')
    assert.equal(agreed.sdes?.suite, 'AES_CM_128_HMAC_SHA1_80')
    assert.equal(agreed.sdes?.receive[0], 1)
    const [audio] = read(text).media
    assert.equal(audio!.protocol, 'RTP/AVP')
    assert.match(attributeOf(audio!, 'crypto')!, /^2 AES_CM_128_HMAC_SHA1_80 inline:/)
    assert.equal(answer(samples.snomOptional, { acceptKeyings: ['rtp'] }).agreed.keying, 'rtp')
  })

  it('answers a hold by sendonly, by inactive and by address zero (RFC 3264 §8.4, RFC 2543)', () => {
    const held = answer(samples.yealinkHold)
    assert.equal(held.agreed.peerDirection, 'sendonly')
    assert.equal(held.agreed.direction, 'recvonly')
    assert.equal(held.agreed.sendPtimeMs, 30)
    assert.match(held.text, /a=recvonly/)
    const inactive = answer(samples.yealinkHold.replace('sendonly', 'inactive'))
    assert.equal(inactive.agreed.direction, 'inactive')
    const old = answer(samples.oldHold)
    assert.equal(old.agreed.peerDirection, 'sendonly')
    assert.equal(old.agreed.direction, 'recvonly')
    assert.equal(old.agreed.remote, undefined)
  })

  it('holds from our side within what the offer allows', () => {
    assert.equal(answer(samples.baresipPlain, { wishes: { direction: 'sendonly' } }).agreed.direction, 'sendonly')
    assert.equal(answer(samples.yealinkHold, { wishes: { direction: 'sendonly' } }).agreed.direction, 'inactive')
  })

  it('refuses with the reason that fits', () => {
    assert.equal(refuse(samples.baresipPlain.replace('m=audio', 'm=video')), 'SDP_NO_AUDIO')
    assert.equal(refuse(samples.baresipPlain.replace('m=audio 20346', 'm=audio 0')), 'SDP_NO_AUDIO')
    assert.equal(refuse(samples.baresipPlain.replace('RTP/AVP', 'TCP/RTP/AVP')), 'SDP_NO_AUDIO')
    assert.equal(refuse(samples.baresipPlain.replace('96 9 8 0 101', '18 3 101')), 'SDP_NO_COMMON_CODEC')
    assert.equal(refuse(samples.baresipPlain, { acceptKeyings: ['sdes', 'dtls'] }), 'SDP_ENCRYPTION_REQUIRED')
    assert.equal(refuse(samples.baresipSdes, { acceptKeyings: ['dtls', 'rtp'] }), 'SDP_KEYS_IN_THE_OPEN')
    assert.equal(
      refuse(samples.baresipSdes.replace(/AES_CM_128_HMAC_SHA1_\d\d/g, 'F8_128_HMAC_SHA1_80')),
      'SDP_NO_COMMON_KEYING',
    )
    assert.equal(refuse(samples.chromium, { acceptKeyings: ['sdes', 'rtp'] }), 'SDP_NO_COMMON_KEYING')
    assert.equal(refuse(samples.chromium.replaceAll('sha-256', 'sha-1')), 'SDP_NO_COMMON_KEYING')
  })

  it('takes a second audio where the first does not fit, in its place', () => {
    const two = samples.baresipSdes + samples.baresipPlain.slice(samples.baresipPlain.indexOf('m='))
    const { text, agreed } = answer(two, { acceptKeyings: ['rtp'] })
    assert.equal(agreed.keying, 'rtp')
    assert.deepEqual(
      read(text).media.map(({ port }) => port),
      [0, 50_000],
    )
  })

  it('takes the encrypted one of two, also where it comes second, and stays with the one in use', () => {
    const audioOf = (sample: string) => sample.slice(sample.indexOf('m='))
    const plainFirst = samples.baresipPlain + audioOf(samples.baresipSdes)
    const first = answer(plainFirst)
    assert.equal(first.agreed.keying, 'sdes')
    assert.deepEqual(
      read(first.text).media.map(({ port }) => port),
      [0, 50_000],
    )
    assert.equal(answer(plainFirst, { state: first.state }).agreed.keying, 'sdes')
    const { state } = answer(samples.baresipPlain)
    assert.equal(answer(plainFirst, { state }).agreed.keying, 'rtp')
  })

  it('keeps G722 as the offer writes it', () => {
    const { text, agreed } = answer(
      samples.yealinkHold.replace('8 0 101', '9 101').replace('a=ptime', 'a=rtpmap:9 G722/16000\r\na=ptime'),
    )
    assert.equal(agreed.codec, 'G722')
    assert.match(text, /a=rtpmap:9 G722\/16000/)
  })
})

describe('re-offers of the peer (RFC 3264 §8)', () => {
  it('counts the version up by one for a different answer and not for the same', () => {
    const first = answer(samples.baresipSdes)
    const again = answer(samples.baresipSdes, { state: first.state })
    assert.equal(again.text, first.text)
    const held = answer(samples.baresipSdes.replace('a=sendrecv', 'a=sendonly'), { state: again.state })
    assert.equal(BigInt(read(held.text).origin.sessionVersion), BigInt(read(first.text).origin.sessionVersion) + 1n)
    assert.equal(read(held.text).origin.sessionId, read(first.text).origin.sessionId)
  })

  it('keeps our key when the peer renews its own (RFC 4568 §7.1.4)', () => {
    const first = answer(samples.baresipSdes)
    const renewed = answer(samples.baresipSdes.replaceAll('inline:AAEC', 'inline:BBEC'), { state: first.state })
    assert.deepEqual(renewed.agreed.sdes?.send, first.agreed.sdes?.send)
    assert.notDeepEqual(renewed.agreed.sdes?.receive, first.agreed.sdes?.receive)
  })

  it('never takes up a key again that went out of use (RFC 3711 §9.1)', () => {
    const first = answer(samples.baresipSdes)
    const plain = answer(samples.baresipPlain, { state: first.state })
    const again = answer(samples.baresipSdes, { state: plain.state })
    assert.notDeepEqual(again.agreed.sdes?.send, first.agreed.sdes?.send)
  })

  it('follows a re-INVITE that changes everything', () => {
    const first = answer(samples.baresipPlain)
    const second = answer(samples.chromium, { state: first.state })
    assert.equal(second.agreed.keying, 'dtls')
    assert.equal(second.agreed.sendPayloadType, 111)
    assert.ok(second.agreed.ice)
    const third = answer(samples.snomOptional, { state: second.state })
    assert.equal(third.agreed.codec, 'G722')
    assert.equal(third.agreed.keying, 'sdes')
    assert.equal(third.agreed.ice, undefined)
  })

  it('answers an ICE restart with new credentials, and otherwise keeps them (RFC 8839 §4.4.1.1.1)', () => {
    const first = answer(samples.chromium)
    const same = answer(samples.chromium, { state: first.state })
    assert.deepEqual(same.agreed.ice?.local, first.agreed.ice?.local)
    const restarted = answer(samples.chromium.replaceAll('Xk1P', 'Yk2Q'), { state: same.state })
    assert.notEqual(restarted.agreed.ice?.local.ufrag, first.agreed.ice?.local.ufrag)
  })
})

describe('makeOffer and applyAnswer', () => {
  const exchange = (more: Partial<Capabilities>, theirs: Partial<Capabilities> = {}) => {
    const offered = makeOffer(startNegotiation(random), { ...capabilities, ...more }, more.offerIce ? shared : ports)
    const answered = answer(offered.text, theirs)
    const applied = applyAnswer(offered.state, read(answered.text))
    assert.ok(!isRefusal(applied), isRefusal(applied) ? applied.code : '')
    return { offered, answered, applied }
  }

  it('agrees on no events where digits go by INFO, offered or answered', () => {
    for (const side of [exchange({ digitsByInfo: true }), exchange({}, { digitsByInfo: true })]) {
      assert.equal(side.applied.agreed.sendEvents, undefined)
      assert.equal(side.answered.agreed.sendEvents, undefined)
    }
  })

  it('agrees on plain RTP, the preferred codec first, with events for each clock rate', () => {
    const { offered, answered, applied } = exchange({ codecs: ['PCMA', 'opus'] })
    assert.deepEqual(read(offered.text).media[0]!.formats, ['8', '111', '101', '110'])
    assert.equal(applied.agreed.codec, 'PCMA')
    assert.equal(answered.agreed.codec, 'PCMA')
    assert.deepEqual(applied.agreed.sendEvents, { payloadType: 101, rateHz: 8000 })
    assert.equal(applied.agreed.remote?.rtcpPort, 50_001)
  })

  it('agrees on keys that mirror each other (RFC 4568)', () => {
    const { answered, applied } = exchange({ offerKeying: 'sdes' })
    assert.equal(applied.agreed.sdes?.suite, 'AEAD_AES_128_GCM')
    assert.deepEqual(applied.agreed.sdes?.send, answered.agreed.sdes?.receive)
    assert.deepEqual(applied.agreed.sdes?.receive, answered.agreed.sdes?.send)
  })

  it('takes DTLS from a phone that answers an offer of SDES with its certificate', () => {
    const { applied } = exchange({ offerKeying: 'sdes' }, { acceptKeyings: ['dtls'] })
    assert.equal(applied.agreed.keying, 'dtls')
    assert.equal(applied.agreed.sdes, undefined)
    assert.equal(applied.agreed.dtls?.role, 'client')
  })

  it('agrees on DTLS with opposite roles (RFC 5763)', () => {
    const { offered, answered, applied } = exchange({ offerKeying: 'dtls' })
    assert.match(offered.text, /UDP\/TLS\/RTP\/SAVP /)
    assert.equal(answered.agreed.dtls?.role, 'server')
    assert.equal(applied.agreed.dtls?.role, 'client')
  })

  it('offers a browser ICE-lite, rtcp-mux and a bundle of one', () => {
    const { text, state } = makeOffer(
      startNegotiation(random),
      { ...capabilities, offerKeying: 'dtls', offerIce: true },
      shared,
    )
    const description = read(text)
    const audio = description.media[0]!
    assert.equal(audio.protocol, 'UDP/TLS/RTP/SAVPF')
    assert.equal(attributeOf(description, 'group'), 'BUNDLE 0')
    assert.equal(attributeOf(audio, 'setup'), 'actpass')
    assert.equal(attributeOf(audio, 'mid'), '0')
    assert.equal(attributeOf(audio, 'rtcp-mux'), '')
    const reply = samples.chromium
      .slice(0, samples.chromium.indexOf('m=video'))
      .replace('a=setup:actpass', 'a=setup:active')
    const applied = applyAnswer(state, read(reply))
    assert.ok(!isRefusal(applied))
    assert.equal(applied.agreed.dtls?.role, 'server')
    assert.equal(applied.agreed.ice?.remote.ufrag, 'Xk1P')
    assert.equal(applied.agreed.rtcpMux, true)
  })

  it('re-offers in the words of the peer: its payload types, profile, media lines and mids', () => {
    const first = answer(samples.linphoneVideo)
    const offered = makeOffer(first.state, capabilities, ports, { direction: 'sendonly' })
    const { media } = read(offered.text)
    assert.deepEqual(
      media.map(({ kind, port, protocol }) => [kind, port, protocol]),
      [
        ['audio', 50_000, 'RTP/AVPF'],
        ['video', 0, 'RTP/AVPF'],
      ],
    )
    assert.match(offered.text, /a=rtpmap:96 opus\/48000\/2/)
    assert.match(offered.text, /a=rtpmap:101 telephone-event\/48000/)
    assert.match(offered.text, /a=rtpmap:100 telephone-event\/8000/)
    assert.match(offered.text, /a=sendonly/)
  })

  it('hears the hold in an answer and in an offer', () => {
    const { offered } = exchange({})
    const applied = applyAnswer(offered.state, read(samples.yealinkHold.replace('sendonly', 'inactive')))
    assert.ok(!isRefusal(applied))
    assert.equal(applied.agreed.direction, 'inactive')
    assert.equal(applied.agreed.peerDirection, 'inactive')
  })

  it('refuses answers that do not fit the offer', () => {
    const offerOf = (more: Partial<Capabilities>) =>
      makeOffer(startNegotiation(random), { ...capabilities, ...more }, ports).state
    const verdict = (more: Partial<Capabilities>, text: string) => refused(applyAnswer(offerOf(more), read(text)))
    const noMedia = samples.baresipPlain.slice(0, samples.baresipPlain.indexOf('m='))
    assert.equal(refused(applyAnswer(startNegotiation(random), read(samples.baresipPlain))), 'SDP_MALFORMED')
    assert.equal(verdict({}, samples.linphoneVideo), 'SDP_MALFORMED')
    assert.equal(verdict({}, noMedia), 'SDP_NO_AUDIO')
    assert.equal(verdict({}, samples.baresipPlain.replace('20346', '0')), 'SDP_NO_AUDIO')
    assert.equal(verdict({ codecs: ['G722'] }, samples.yealinkHold), 'SDP_NO_COMMON_CODEC')
    assert.equal(verdict({ offerKeying: 'sdes' }, samples.baresipPlain), 'SDP_ENCRYPTION_REQUIRED')
    assert.equal(verdict({ offerKeying: 'dtls' }, samples.baresipSdes), 'SDP_NO_COMMON_KEYING')
    assert.equal(verdict({}, samples.baresipSdes), 'SDP_NO_COMMON_KEYING')
    assert.equal(verdict({ offerIce: true }, samples.baresipPlain), 'SDP_NO_AUDIO')
  })

  it('takes the same answer twice and another one later (reliable 18x, forks)', () => {
    const { offered, answered, applied } = exchange({})
    const again = applyAnswer(applied.state, read(answered.text))
    assert.deepEqual(again, applied)
    const other = applyAnswer(applied.state, read(samples.yealinkHold))
    assert.ok(!isRefusal(other))
    assert.equal(other.agreed.codec, 'PCMA')
    assert.equal(offered.state.agreed, undefined)
  })

  it('never gives a payload type of the session another meaning (RFC 3264 §8.3.2)', () => {
    const first = answer(
      samples.baresipPlain
        .replaceAll('96', '101x')
        .replaceAll('101x', '111')
        .replace('111 opus', '111 telephone-event'),
    )
    const { text } = makeOffer(first.state, capabilities, ports)
    const types = [...text.matchAll(/a=rtpmap:(\d+) /g)].map(([, type]) => type)
    assert.equal(new Set(types).size, types.length)
    assert.doesNotMatch(text, /rtpmap:111 opus/)
  })

  it('works over IPv6', () => {
    const six = { address: '2001:db8::1', rtpPort: 50_000, rtcpPort: 50_001 }
    const { text } = makeOffer(startNegotiation(random), capabilities, six)
    assert.match(text, /^o=- \d+ 1 IN IP6 2001:db8::1\r$/m)
    assert.match(text, /^c=IN IP6 2001:db8::1\r$/m)
    assert.equal(answer(text).agreed.remote?.address, '2001:db8::1')
  })

  it('never throws, and never answers what its own reader refuses', () => {
    const lines = Object.values(samples).flatMap((text) => text.split(/\r?\n/).filter((line) => /^[acm]=/.test(line)))
    const base = samples.chromium.split('\r\n').slice(0, 4)
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...lines), { maxLength: 40 }), (body) => {
        const parsed = parseDescription([...base, 'm=audio 9 UDP/TLS/RTP/SAVPF 111 9 8 13 101', ...body].join('\r\n'))
        assert.ok(parsed.ok)
        const answered = answerOffer(startNegotiation(random), parsed.description, capabilities, endpointFor)
        const offered = makeOffer(startNegotiation(random), { ...capabilities, offerKeying: 'sdes' }, ports)
        applyAnswer(offered.state, parsed.description)
        if (isRefusal(answered)) return
        assert.equal(read(answered.text).media.length, parsed.description.media.length)
        read(makeOffer(answered.state, capabilities, ports).text)
      }),
      { numRuns: 300 },
    )
  })
})
