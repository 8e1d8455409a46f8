import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isRefusal, systemRandom } from '@vaxel/base'
import { parseDescription } from '../description/parse-description.ts'
import type { AgreedAudio } from './agreed-audio.ts'
import { answerOffer } from './answer-offer.ts'
import { applyAnswer } from './apply-answer.ts'
import type { Capabilities } from './capabilities.ts'
import { makeDirectOffer, saysTheSame } from './direct-offer.ts'
import { makeOffer } from './make-offer.ts'
import { type NegotiationState, startNegotiation } from './negotiation-state.ts'

const capabilities: Capabilities = {
  codecs: ['PCMA', 'opus'],
  offerKeying: 'rtp',
  acceptKeyings: ['rtp', 'sdes'],
  offerIce: false,
  random: systemRandom,
}
const endpoint = { address: '192.0.2.1', rtpPort: 4000, rtcpPort: 4001 }
const read = (text: string) => {
  const parsed = parseDescription(text)
  assert.ok(parsed.ok, text)
  return parsed.description
}
const key = (fill: number) => `inline:${Buffer.alloc(30, fill).toString('base64')}`

/** What a telephone behind a router says of itself. */
const describePhone = (
  host: number,
  { events = 101, port = 6000, protocol = 'RTP/AVP', codec = '8 PCMA/8000', more = '' } = {},
): string =>
  `v=0\r\no=- ${host} 1 IN IP4 10.0.0.${host}\r\ns=-\r\nc=IN IP4 10.0.0.${host}\r\nt=0 0\r\n` +
  `m=audio ${port} ${protocol} ${codec.split(' ')[0]} ${events}\r\na=rtpmap:${codec}\r\n` +
  `a=rtpmap:${events} telephone-event/8000\r\n${more}`

interface Side {
  state: NegotiationState
  agreed: AgreedAudio
}

/** A side whose peer has offered. */
function offered(text: string): Side {
  const answered = answerOffer(startNegotiation(systemRandom), read(text), capabilities, () => endpoint)
  assert.ok(!isRefusal(answered))
  return answered
}

/** A side that has offered to its peer. */
function answered(text: string, keying: 'rtp' | 'sdes' = 'rtp'): Side {
  const made = makeOffer(startNegotiation(systemRandom), { ...capabilities, offerKeying: keying }, endpoint)
  const applied = applyAnswer(made.state, read(text))
  assert.ok(!isRefusal(applied), JSON.stringify(applied))
  return applied
}

function answer(side: Side, text: string): Side {
  const applied = applyAnswer(side.state, read(text))
  assert.ok(!isRefusal(applied))
  return applied
}

describe('an offer that describes another peer', () => {
  it('has its address, ports, codec and the numbers that it gave, from the same origin as before', () => {
    const more = 'a=ptime:30\r\na=maxptime:40\r\n'
    const [a, b] = [offered(describePhone(1)), answered(describePhone(2, { events: 96, port: 7000, more }))]
    const made = makeDirectOffer(a.state, a.agreed, b.agreed)
    assert.ok(made)
    const lines = made.text.split('\r\n')
    assert.ok(lines.includes('m=audio 7000 RTP/AVP 8 96'), made.text)
    assert.ok(lines.includes('c=IN IP4 10.0.0.2') && lines.includes('a=rtpmap:96 telephone-event/8000'))
    assert.ok(lines.includes('a=ptime:30') && lines.includes('a=maxptime:40'))
    assert.match(made.text, new RegExp(`^o=- ${a.state.sessionId} ${a.state.version + 1} IN IP4 192\\.0\\.2\\.1$`, 'm'))
    const after = answer({ ...a, state: made.state }, describePhone(1, { events: 96 }))
    assert.ok(saysTheSame(after.agreed, { ...a.agreed, sendEvents: { payloadType: 96, rateHz: 8000 } }))
  })

  it('is not made of encrypted audio', () => {
    const secured = (host: number, fill: number) =>
      describePhone(host, { protocol: 'RTP/SAVP', more: `a=crypto:3 AES_CM_128_HMAC_SHA1_80 ${key(fill)}\r\n` })
    const [a, b] = [offered(secured(1, 1)), answered(secured(2, 2), 'sdes')]
    assert.equal(makeDirectOffer(a.state, a.agreed, b.agreed), undefined)
  })

  it('is not made where the two do not fit as they are', () => {
    const a = offered(describePhone(1))
    const fitting = answered(describePhone(2)).agreed
    assert.ok(makeDirectOffer(a.state, a.agreed, fitting))
    const cases: Record<string, AgreedAudio> = {
      codec: { ...fitting, codec: 'opus' },
      keying: { ...fitting, keying: 'dtls' },
      hold: { ...fitting, peerDirection: 'sendonly' },
      name: { ...fitting, remote: { ...fitting.remote!, address: 'phone.example' } },
      family: { ...fitting, remote: { ...fitting.remote!, address: '2001:db8::1' } },
      'RTCP elsewhere': { ...fitting, remote: { ...fitting.remote!, rtcpAddress: '10.0.0.9' } },
      'digits by INFO': (({ sendEvents: _, ...rest }) => rest)(fitting),
      'a number that means something else': { ...fitting, sendEvents: { payloadType: 8, rateHz: 8000 } },
    }
    for (const [what, other] of Object.entries(cases))
      assert.equal(makeDirectOffer(a.state, a.agreed, other), undefined, what)
  })
})
