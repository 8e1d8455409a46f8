import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import * as samples from '../sample-descriptions.fixture.ts'
import { parseCrypto } from './crypto-attribute.ts'
import { parseFingerprint } from './dtls-attributes.ts'
import { parseCandidate } from './ice-attributes.ts'
import { parseDescription } from './parse-description.ts'
import { payloadFormatsOf } from './codec-attributes.ts'
import { writeDescription } from './write-description.ts'

function read(text: string) {
  const parsed = parseDescription(text)
  assert.ok(parsed.ok, parsed.ok ? '' : `line ${parsed.line}: ${parsed.reason}`)
  return parsed.description
}

describe('parseDescription (RFC 8866)', () => {
  it('reads the descriptions of all sample peers and writes them so that they read the same', () => {
    for (const text of Object.values(samples)) {
      const description = read(text)
      assert.deepEqual(read(writeDescription(description)), description)
    }
  })

  it('joins rtpmap and fmtp, knows the static types and leaves out what has no meaning', () => {
    const [audio] = read(samples.linphoneVideo).media
    const formats = payloadFormatsOf(audio!)
    assert.deepEqual(
      formats.map(({ payloadType, encoding, rateHz }) => `${payloadType} ${encoding}/${rateHz}`),
      [
        '96 opus/48000',
        '97 speex/16000',
        '98 speex/8000',
        '0 PCMU/8000',
        '8 PCMA/8000',
        '18 G729/8000',
        '101 telephone-event/48000',
        '99 telephone-event/16000',
        '100 telephone-event/8000',
      ],
    )
    assert.equal(formats[0]!.parameters, 'useinbandfec=1')
  })

  it('tolerates what phones do: LF, no final line end, blank lines, spaces, missing s= and t=, a user name with a space', () => {
    const description = read(
      'v=0\no=two words 1 2 IN IP4 192.0.2.1  \nc=IN IP4 192.0.2.1\nm=audio  5004  RTP/AVP 0 \n\na= sendrecv',
    )
    assert.equal(description.origin.username, 'two')
    assert.deepEqual(description.media[0]!.formats, ['0'])
    assert.deepEqual(description.media[0]!.attributes, [{ name: 'sendrecv' }])
  })

  it('names the line that it refuses', () => {
    const verdicts: [text: string, line: number, reason: RegExp][] = [
      ['', 0, /empty/],
      ['hello', 1, /letter=value/],
      ['s=-\r\nv=0', 1, /v= must come first/],
      ['v=1', 1, /version/],
      ['v=0\r\ns=-\r\n', 0, /no o=/],
      ['v=0\r\no=- 1 IN IP4 192.0.2.1', 2, /six fields/],
      ['v=0\r\no=- x 1 IN IP4 192.0.2.1', 2, /numbers/],
      ['v=0\r\no=- 1 1 IN IP5 192.0.2.1', 2, /address/],
      ['v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\nc=IN IP4', 3, /three fields/],
      ['v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\nm=audio 65536 RTP/AVP 0', 3, /port/],
      ['v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\nm=audio -1 RTP/AVP 0', 3, /port/],
      ['v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\nm=audio 5004 RTP/AVP', 3, /format/],
      ['v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\na=:x', 3, /name/],
      ['v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\n?=x', 3, /unknown/],
      [`v=0\r\n${'a=x\r\n'.repeat(2000)}`, 0, /1500 lines/],
      ['x'.repeat(70_000), 0, /65536/],
      [`v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\n${'m=audio 1 RTP/AVP 0\r\n'.repeat(33)}`, 35, /32 media/],
      [`v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\nm=audio 1 RTP/AVP${' 0'.repeat(129)}`, 3, /128 formats/],
    ]
    for (const [text, line, reason] of verdicts) {
      const parsed = parseDescription(text)
      assert.ok(!parsed.ok, text.slice(0, 60))
      assert.equal(parsed.line, line, text.slice(0, 60))
      assert.match(parsed.reason, reason)
    }
  })

  it('never throws, whatever the text', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(...Object.values(samples).flatMap((text) => text.split(/\r?\n/))),
      fc.tuple(fc.constantFrom('v', 'o', 'c', 'm', 'a', 's'), fc.string()).map(([type, value]) => `${type}=${value}`),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const parsed = parseDescription(lines.join('\r\n'))
        if (parsed.ok) assert.deepEqual(read(writeDescription(parsed.description)), parsed.description)
      }),
      { numRuns: 500 },
    )
  })

  it('will not write a value that breaks out of its line', () => {
    const description = read(samples.baresipPlain)
    assert.throws(() => writeDescription({ ...description, name: 'x\r\na=evil' }))
  })
})

describe('attributes', () => {
  const key16 = Buffer.alloc(30, 7).toString('base64')

  it('reads only keys that can be used (RFC 4568)', () => {
    assert.equal(parseCrypto(`1 AES_CM_128_HMAC_SHA1_80 inline:${key16}`)?.tag, 1)
    assert.ok(parseCrypto(`1 AES_CM_128_HMAC_SHA1_80 inline:${key16}|2^20 WSH=64`))
    assert.ok(parseCrypto(`3 AEAD_AES_256_GCM inline:${Buffer.alloc(44).toString('base64')}`))
    assert.equal(parseCrypto(`1 AES_CM_128_HMAC_SHA1_80 inline:${key16};inline:${key16}`), undefined, 'two keys')
    assert.equal(parseCrypto('1 AES_CM_128_HMAC_SHA1_80 inline:AAAA'), undefined, 'a short key')
    assert.equal(parseCrypto(`1 AES_CM_128_HMAC_SHA1_80 inline:${key16} UNENCRYPTED_SRTP`), undefined)
    assert.equal(parseCrypto(`1 F8_128_HMAC_SHA1_80 inline:${key16}`), undefined)
    assert.equal(parseCrypto(`x AES_CM_128_HMAC_SHA1_80 inline:${key16}`), undefined)
  })

  it('reads fingerprints of sha-256 and stronger with the right length (RFC 8122)', () => {
    const bytes = Array.from({ length: 32 }, () => 'ab').join(':')
    assert.deepEqual(parseFingerprint(`SHA-256 ${bytes}`), { hash: 'sha-256', value: bytes.toUpperCase() })
    assert.equal(parseFingerprint(`sha-1 ${bytes}`), undefined)
    assert.equal(parseFingerprint(`sha-256 ${bytes}:00`), undefined)
    assert.equal(parseFingerprint('sha-256'), undefined)
  })

  it('reads UDP candidates and leaves out TCP and unknown ones (RFC 8839 §5.1)', () => {
    const read = parseCandidate('1 1 UDP 2130706303 192.0.2.20 7078 typ srflx raddr 10.0.0.1 rport 7078')
    assert.deepEqual(read, {
      foundation: '1',
      component: 1,
      priority: 2130706303,
      address: '192.0.2.20',
      port: 7078,
      type: 'srflx',
    })
    assert.equal(parseCandidate('1 1 tcp 1 192.0.2.20 9 typ host tcptype active'), undefined)
    assert.equal(parseCandidate('1 1 udp 1 192.0.2.20 0 typ host'), undefined)
    assert.equal(parseCandidate('1 1 udp 1'), undefined)
  })
})
