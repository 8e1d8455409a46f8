import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { systemRandom } from '@vaxel/base'
import { parseDescription } from '../description/parse-description.ts'
import { answerOffer } from './answer-offer.ts'
import type { Capabilities } from './capabilities.ts'
import { answerFaxOffer, makeFaxOffer, readFaxImage } from './fax-image.ts'
import { makeOffer } from './make-offer.ts'
import { startNegotiation } from './negotiation-state.ts'

const capabilities: Capabilities = {
  codecs: ['PCMA'],
  offerKeying: 'rtp',
  acceptKeyings: ['rtp'],
  offerIce: false,
  random: systemRandom,
}
const endpoint = { address: '192.0.2.1', rtpPort: 4000, rtcpPort: 4001 }
const attributes = [
  { name: 'T38FaxVersion', value: '0' },
  { name: 'T38FaxFillBitRemoval' },
  { name: 'T38FaxUdpEC', value: 't38UDPRedundancy' },
]
const head = 'v=0\r\no=- 7 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n'
const image = 'm=image 6000 udptl t38\r\na=T38FaxVersion:0\r\na=T38MaxBitRate:14400\r\n'
const audio = 'm=audio 6000 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n'
const read = (text: string) => {
  const parsed = parseDescription(text)
  assert.ok(parsed.ok)
  return parsed.description
}
const media = (text: string): string[] => text.split('\r\n').filter((line) => line.startsWith('m='))

/** A call whose audio the peer has offered. */
function talking() {
  const answered = answerOffer(startNegotiation(systemRandom), read(head + audio), capabilities, () => endpoint)
  assert.ok('state' in answered)
  return answered.state
}

describe('fax data in descriptions (T.38 annex D, RFC 3362)', () => {
  it('is read with its attributes, in any case of letters, and not where there is audio', () => {
    const found = readFaxImage(read(head + image.replace('udptl t38', 'UDPTL T38')))
    assert.deepEqual(found, {
      index: 0,
      address: '192.0.2.9',
      port: 6000,
      attributes: [
        { name: 'T38FaxVersion', value: '0' },
        { name: 'T38MaxBitRate', value: '14400' },
      ],
    })
    assert.equal(readFaxImage(read(head + audio + image)), undefined)
    assert.equal(readFaxImage(read(head + audio.replace('6000', '0') + image))?.index, 1)
    assert.equal(readFaxImage(read(head + image.replace('6000', '0'))), undefined)
    assert.equal(readFaxImage(read(`${head}m=image 6000 TCP t38\r\n`)), undefined)
  })

  it('is bounded: attributes that are many or long do not go on to the other side', () => {
    const many = Array.from({ length: 100 }, (_, i) => `a=T38Odd${i}:1\r\n`).join('')
    const found = readFaxImage(read(`${head}${image}a=T38Long:${'x'.repeat(200)}\r\na=other:1\r\n${many}`))
    assert.equal(found?.attributes.length, 24)
    assert.ok(found.attributes.every(({ value = '' }) => value.length <= 128))
  })

  it('is offered in the place of the audio, and the audio in its place again after that', () => {
    const made = makeFaxOffer(talking(), endpoint, attributes)
    assert.deepEqual(media(made.text), ['m=image 4000 udptl t38'])
    assert.match(made.text, /a=T38FaxFillBitRemoval\r\n/)
    assert.match(made.text, /a=T38FaxUdpEC:t38UDPRedundancy\r\n/)
    const back = makeOffer(made.state, capabilities, endpoint)
    assert.match(media(back.text).join(), /^m=audio 4000 RTP\/AVP 8/)
  })

  it('is answered where it was offered, with everything else refused, and then offered in that place', () => {
    const offer = read(head + audio.replace('6000', '0') + image)
    const answered = answerFaxOffer(talking(), offer, { index: 1, endpoint, attributes })
    assert.deepEqual(media(answered.text), ['m=audio 0 RTP/AVP 8', 'm=image 4000 udptl t38'])
    assert.deepEqual(media(makeFaxOffer(answered.state, endpoint, attributes).text), [
      'm=audio 0 RTP/AVP 8',
      'm=image 4000 udptl t38',
    ])
    const back = media(makeOffer(answered.state, capabilities, endpoint).text)
    assert.match(back[0]!, /^m=audio 4000 RTP\/AVP 8/)
    assert.equal(back[1], 'm=image 0 udptl t38')
  })

  it('counts up the version of our description', () => {
    const state = talking()
    const made = makeFaxOffer(state, endpoint, attributes)
    assert.equal(made.state.version, state.version + 1)
  })
})
