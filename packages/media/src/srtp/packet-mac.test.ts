import assert from 'node:assert/strict'
import { createCipheriv, createHmac } from 'node:crypto'
import { describe, it } from 'node:test'
import { addressOfRecord, firstWordOf, releaseRecord, takeRecord, wordsOf } from './key-records.ts'
import { addressOf, applyKeyStream, ownBuffer, packetIv } from './openssl-crypto.ts'
import { computeMac, macDigest, macMatches, macStateWords, writeMacStates } from './packet-mac.ts'

const bytesFrom = (seed: number, length: number) => Buffer.from(Array.from({ length }, (_, i) => (i * 31 + seed) & 255))

describe('HMAC-SHA1 of a packet', () => {
  it("is node:crypto's for every length up to three hundred, and for the longest datagram, with and without a trailer", () => {
    const words = new Uint32Array(macStateWords + 3)
    const packet = ownBuffer(2048)
    for (const length of [...Array(301).keys(), 2044, 2048]) {
      const key = bytesFrom(length, 20)
      writeMacStates(key, words, 3)
      packet.set(bytesFrom(length + 1, packet.length))
      const before = Buffer.from(packet)
      for (const trailer of [-1, 0, 0xfedc_ba98]) {
        computeMac(words, 3, packet, addressOf(packet), length, trailer)
        const hmac = createHmac('sha1', key).update(packet.subarray(0, length))
        const four = Buffer.alloc(4)
        four.writeUInt32BE(Math.max(0, trailer))
        if (trailer >= 0) hmac.update(four)
        const expected = hmac.digest()
        assert.deepEqual(macDigest, expected, `${length} bytes, trailer ${trailer}`)
        assert.ok(macMatches(expected, 0, 20))
        expected[9]! ^= 1
        assert.ok(!macMatches(expected, 0, 10))
      }
      assert.deepEqual(packet, before, 'nothing is written to the packet or behind it')
    }
  })
})

describe('records of keys', () => {
  it('give each key its own key stream, whichever was used before, and are wiped when they are given back', () => {
    const records = Array.from({ length: 600 }, () => takeRecord())
    assert.equal(new Set(records).size, records.length)
    for (const record of records)
      new Uint8Array(wordsOf(record).buffer).set(bytesFrom(record, 16), 4 * firstWordOf(record))
    const packet = ownBuffer(200)
    for (const record of records.toReversed()) {
      const iv = bytesFrom(record + 5, 16)
      for (let at = 0; at < 16; at++) packetIv.setUint8(at, iv[at]!)
      packet.set(bytesFrom(7, 200))
      applyKeyStream(addressOfRecord(record), addressOf(packet) + 12, 161)
      const expected = bytesFrom(7, 200)
      const cipher = createCipheriv('aes-128-ctr', bytesFrom(record, 16), iv)
      expected.set(cipher.update(expected.subarray(12, 173)), 12)
      assert.deepEqual(packet, expected)
    }
    for (const record of records) {
      releaseRecord(record)
      assert.ok(
        wordsOf(record)
          .subarray(firstWordOf(record), firstWordOf(record) + 32)
          .every((word) => word === 0),
      )
    }
    assert.ok(records.includes(takeRecord()), 'what was given back is used again')
  })
})
