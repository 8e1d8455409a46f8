import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isRefusal } from '@vaxel/base'
import { parseDescription } from '../description/parse-description.ts'
import { applyAnswer } from './apply-answer.ts'
import { makeOffer } from './make-offer.ts'
import { startNegotiation } from './negotiation-state.ts'

const random = (count: number) => new Uint8Array(count).fill(7)

/** What our offer of PCMA, with events as 101, came to. */
function agreedOn(formats: string, ...lines: string[]) {
  const offer = makeOffer(
    startNegotiation(random),
    { codecs: ['PCMA'], offerKeying: 'rtp', acceptKeyings: ['rtp'], offerIce: false, random },
    { address: '192.0.2.1', rtpPort: 50_000, rtcpPort: 50_001 },
  )
  const answer = parseDescription(
    ['v=0', 'o=- 1 1 IN IP4 192.0.2.9', 'c=IN IP4 192.0.2.9', `m=audio 4000 RTP/AVP ${formats}`, ...lines].join('\r\n'),
  )
  assert.ok(answer.ok)
  const applied = applyAnswer(offer.state, answer.description)
  assert.ok(!isRefusal(applied))
  return applied.agreed
}

describe('digits as events in an answer to our offer (RFC 4733 §2.5.1.1, RFC 3264 §6.1)', () => {
  it('are as offered where the answer has them', () => {
    const { sendEvents, receiveEvents } = agreedOn('8 101', 'a=rtpmap:101 telephone-event/8000')
    assert.deepEqual(sendEvents, { payloadType: 101, rateHz: 8000 })
    assert.deepEqual(receiveEvents, [{ payloadType: 101, rateHz: 8000 }])
  })

  it('are taken under a number of the answer as well: some telephones send under their own', () => {
    const { sendEvents, receiveEvents } = agreedOn('8 96', 'a=rtpmap:96 telephone-event/8000')
    assert.deepEqual(sendEvents, { payloadType: 96, rateHz: 8000 })
    assert.deepEqual(
      receiveEvents,
      [101, 96].map((payloadType) => ({ payloadType, rateHz: 8000 })),
    )
  })

  it('are not taken under the number of a codec', () => {
    const { receiveEvents } = agreedOn('8 9', 'a=rtpmap:9 telephone-event/8000', 'a=rtpmap:8 PCMA/8000')
    assert.deepEqual(
      receiveEvents.map(({ payloadType }) => payloadType),
      [101, 9],
    )
    const clash = agreedOn('96 8', 'a=rtpmap:96 PCMA/8000', 'a=rtpmap:8 telephone-event/8000')
    assert.deepEqual(
      clash.receiveEvents.map(({ payloadType }) => payloadType),
      [101],
    )
  })

  it('are not waited for where it has none: such a peer is listened to for digits in its sound', () => {
    const { sendEvents, receiveEvents } = agreedOn('8')
    assert.equal(sendEvents, undefined)
    assert.deepEqual(receiveEvents, [])
  })
})
