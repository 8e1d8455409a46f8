import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isRefusal } from '@vaxel/base'
import { parseCrypto, writeCrypto } from '../description/crypto-attribute.ts'
import { parseDescription } from '../description/parse-description.ts'
import { attributesOf } from '../description/session-description.ts'
import { answerOffer } from './answer-offer.ts'
import { applyAnswer } from './apply-answer.ts'
import type { Capabilities } from './capabilities.ts'
import { makeOffer } from './make-offer.ts'
import { startNegotiation } from './negotiation-state.ts'

let fill = 0
const random = (count: number) => new Uint8Array(count).fill(++fill)
const capabilities: Capabilities = {
  codecs: ['PCMA'],
  offerKeying: 'sdes',
  acceptKeyings: ['sdes'],
  offerIce: false,
  random,
}
const endpoint = { address: '192.0.2.1', rtpPort: 50_000, rtcpPort: 50_001 }
const key = Buffer.alloc(30, 0x41).toString('base64')
const line80 = `AES_CM_128_HMAC_SHA1_80 inline:${key}`
const line32 = `AES_CM_128_HMAC_SHA1_32 inline:${key}`

function read(text: string) {
  const parsed = parseDescription(text)
  assert.ok(parsed.ok)
  return parsed.description
}

const described = (...cryptos: string[]) =>
  read(
    ['v=0', 'o=- 1 1 IN IP4 192.0.2.9', 'c=IN IP4 192.0.2.9', 'm=audio 4000 RTP/SAVP 8']
      .concat(cryptos.map((crypto) => `a=crypto:${crypto}`))
      .join('\r\n'),
  )

function answered(cryptos: readonly string[], state = startNegotiation(random)) {
  const answer = answerOffer(state, described(...cryptos), capabilities, () => endpoint)
  assert.ok(!isRefusal(answer))
  return { ...answer, cryptos: cryptosIn(answer.text) }
}

const cryptosIn = (text: string) => attributesOf(read(text).media[0]!, 'crypto')

describe('a key with a name (MKI, RFC 4568 §6.1)', () => {
  it('is read with or without a lifetime, and written with one', () => {
    for (const written of [`1 ${line80}|2^31|258:4`, `1 ${line80}|258:4`]) {
      const crypto = parseCrypto(written)
      assert.deepEqual(crypto?.mki, Uint8Array.of(0, 0, 1, 2))
      assert.equal(writeCrypto(crypto!), `1 ${line80}|2^31|258:4`)
    }
    for (const wrong of ['1:0', '256:1', '1:17', ':1', '1:', 'x:4', '-1:4', '1:4|1:4', '1:4:4'])
      assert.equal(parseCrypto(`1 ${line80}|2^31|${wrong}`), undefined, wrong)
  })

  it('is left for one of the same kind without a name, which makes packets shorter (as mediation servers offer both)', () => {
    const { agreed, cryptos } = answered([`2 ${line80}|2^31|1:1`, `3 ${line80}|2^31`])
    assert.ok(cryptos[0]?.startsWith('3 ') && !cryptos[0].includes('|'))
    assert.equal(agreed.sdes?.sendMki, undefined)
  })

  it('is answered with one of the same name, for packets both ways', () => {
    const { agreed, cryptos } = answered([`1 ${line80}|2^31|1:1`])
    assert.match(cryptos[0]!, /^1 AES_CM_128_HMAC_SHA1_80 inline:[A-Za-z0-9+/=]+\|2\^31\|1:1$/)
    assert.deepEqual(agreed.sdes?.sendMki, Uint8Array.of(1))
    assert.deepEqual(agreed.sdes?.receiveMki, Uint8Array.of(1))
  })

  it('keeps its name in later offers of ours, and another name gets another key', () => {
    const first = answered([`1 ${line80}|2^31|1:4`])
    const offer = makeOffer(first.state, capabilities, endpoint)
    assert.ok(cryptosIn(offer.text).every((crypto) => crypto.endsWith('|2^31|1:4')))
    const applied = applyAnswer(offer.state, described(`3 ${line80}|2^31|2:4`))
    assert.ok(!isRefusal(applied))
    assert.deepEqual(applied.agreed.sdes?.send, first.agreed.sdes?.send)
    assert.deepEqual(applied.agreed.sdes?.sendMki, Uint8Array.of(0, 0, 0, 1))
    assert.deepEqual(applied.agreed.sdes?.receiveMki, Uint8Array.of(0, 0, 0, 2))
    const same = answered([`1 ${line80}|2^31|1:4`], applied.state)
    assert.deepEqual(same.agreed.sdes?.send, first.agreed.sdes?.send)
    const renamed = answered([`1 ${line80}|2^31|2:4`], applied.state)
    assert.notDeepEqual(renamed.agreed.sdes?.send, first.agreed.sdes?.send)
    const unnamed = answered([`1 ${line80}`], applied.state)
    assert.notDeepEqual(unnamed.agreed.sdes?.send, first.agreed.sdes?.send)
    assert.equal(unnamed.agreed.sdes?.sendMki, undefined)
    assert.doesNotMatch(makeOffer(unnamed.state, capabilities, endpoint).text, /\|/)
  })
})

describe('short tags (AES_CM_128_HMAC_SHA1_32, RFC 4568 §6.2)', () => {
  it('are taken where nothing else is offered, and not where anything else is', () => {
    assert.equal(answered([`1 ${line32}`]).agreed.sdes?.suite, 'AES_CM_128_HMAC_SHA1_32')
    const { agreed, cryptos } = answered([`1 ${line32}`, `2 ${line80}`])
    assert.equal(agreed.sdes?.suite, 'AES_CM_128_HMAC_SHA1_80')
    assert.match(cryptos[0]!, /^2 /)
  })

  it('are not offered, but to whom they were agreed with: a hold keeps them', () => {
    assert.doesNotMatch(makeOffer(startNegotiation(random), capabilities, endpoint).text, /SHA1_32/)
    const before = answered([`1 ${line32}`])
    const offer = makeOffer(before.state, capabilities, endpoint)
    const line = cryptosIn(offer.text).findIndex((crypto) => crypto.includes('SHA1_32'))
    assert.equal(line, 3)
    const applied = applyAnswer(offer.state, described(`4 ${line32}`))
    assert.ok(!isRefusal(applied))
    assert.deepEqual(applied.agreed.sdes?.send, before.agreed.sdes?.send)
  })
})
