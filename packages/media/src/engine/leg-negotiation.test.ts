import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isRefusal, systemRandom } from '@vaxel/base'
import { LegNegotiation } from './leg-negotiation.ts'

const negotiation = () =>
  new LegNegotiation(
    { offer: 'rtp', accept: ['rtp'], ice: false, codecs: ['PCMA'], peerAddress: '192.0.2.1' },
    { random: systemRandom },
  )
const offer = (address: string) =>
  `v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\n${address}t=0 0\r\nm=audio 6000 RTP/AVP 8\r\n`

describe('the address of an offer', () => {
  for (const address of ['IP4 192.0.2.1', 'IP6 2001:db8::1', 'IP4 0.0.0.0', 'IP4 phone.example.com'])
    it(`may be ${address}`, () => {
      assert.ok(!isRefusal(negotiation().weighOffer(offer(`c=IN ${address}\r\n`))))
    })

  it('may stand with the audio alone', () => {
    assert.ok(!isRefusal(negotiation().weighOffer(`${offer('')}c=IN IP4 192.0.2.1\r\n`)))
  })

  for (const address of ['IP4 300.1.1.1', 'IP4 192.0.2', 'IP6 2001:db8::g', 'IP6 1:2:3:4:5:6:7:8:9'])
    it(`may not be ${address}: nobody is there to send to`, () => {
      const weighed = negotiation().weighOffer(offer(`c=IN ${address}\r\n`))
      assert.ok(isRefusal(weighed) && weighed.code === 'SDP_MALFORMED' && weighed.text.includes('no IP address'))
    })

  it('must be there (RFC 8866 §5.7)', () => {
    const weighed = negotiation().weighOffer(offer(''))
    assert.ok(isRefusal(weighed) && weighed.sip === 400 && weighed.text.includes('c='))
  })
})

describe('a fork, of which one branch has offered anew', () => {
  it('is answered by another branch, to what we had offered', () => {
    const leg = negotiation()
    const endpoint = { address: '192.0.2.9', rtpPort: 4000, rtcpPort: 4001 }
    leg.makeOffer(endpoint, {})
    assert.ok(!isRefusal(leg.takeAnswer(offer('c=IN IP4 192.0.2.1\r\n'))))
    const anew = leg.weighOffer(offer('c=IN IP4 192.0.2.2\r\n'))
    assert.ok(!isRefusal(anew))
    leg.keepOffer(anew)
    assert.ok(leg.makeAnswer(() => endpoint, {}))
    const agreed = leg.takeAnswer(offer('c=IN IP4 192.0.2.3\r\n'))
    assert.ok(!isRefusal(agreed))
    assert.equal(agreed.remote?.address, '192.0.2.3')
  })
})
