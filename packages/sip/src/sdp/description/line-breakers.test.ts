import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isRefusal } from '@vaxel/base'
import { answerOffer } from '../offer-answer/answer-offer.ts'
import { answerFaxOffer, readFaxImage } from '../offer-answer/fax-image.ts'
import { startNegotiation } from '../offer-answer/negotiation-state.ts'
import { parseDescription } from './parse-description.ts'

const random = (count: number) => new Uint8Array(count).fill(7)
const endpoint = { address: '192.0.2.1', rtpPort: 50_000, rtcpPort: 50_001 }
const begin = ['v=0', 'o=- 1 1 IN IP4 192.0.2.9', 's=-', 'c=IN IP4 192.0.2.9']

/** Whether a description is refused, or answered: nothing else. */
function isRefused(lines: readonly string[], end = '\r\n'): boolean {
  const parsed = parseDescription([...begin, ...lines].join(end))
  if (!parsed.ok) return true
  const state = startNegotiation(random)
  const fax = readFaxImage(parsed.description)
  if (fax) answerFaxOffer(state, parsed.description, { index: fax.index, endpoint, attributes: fax.attributes })
  else {
    const capabilities = { codecs: ['PCMA'], offerKeying: 'rtp', acceptKeyings: ['rtp'], offerIce: false } as const
    assert.ok(!isRefusal(answerOffer(state, parsed.description, { ...capabilities, random }, () => endpoint)))
  }
  return false
}

describe('characters that no line of a description may hold (RFC 8866 §9)', () => {
  const audio = 'm=audio 4000 RTP/AVP 8'
  for (const [name, character] of [
    ['NUL', '\0'],
    ['CR', '\r'],
  ] as const)
    it(`${name} within a line is refused where it stands, and breaks no answer`, () => {
      assert.ok(isRefused([`m=video 4002 RTP/AVP 9${character}6`, audio]))
      assert.ok(isRefused(['m=image 4002 udptl t38', `a=T38FaxVersion:0${character}a=x`]))
      const parsed = parseDescription([...begin, audio, `a=note:1${character}2`].join('\n'))
      assert.deepEqual(parsed, { ok: false, line: 6, reason: 'a control character that no line may hold' })
    })

  it('are not the ends of lines, however they are written', () => {
    for (const end of ['\n', '\r\n', '\r\r\n', ' \r\n']) assert.ok(!isRefused([audio, 'a=sendrecv', ''], end))
    assert.ok(!isRefused(['m=image 4002 udptl t38', 'a=T38FaxVersion:0', '']))
  })
})
