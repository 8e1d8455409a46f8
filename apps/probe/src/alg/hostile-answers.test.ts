import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, it } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import { mirrorProof, mirrorProofHeader } from '@vaxel/site'
import fc from 'fast-check'
import { compareRequests } from './compare-requests.ts'
import { mirrorRequest } from './mirror-request.ts'
import { readMirrored } from './read-mirrored.ts'

const mac = (bytes: Uint8Array): Uint8Array => createHmac('sha256', 'key').update(bytes).digest()
const nonce = '00112233445566aa'
const request = mirrorRequest(
  {
    protocol: 'udp',
    checkId: '0123456789abcdef',
    nonce,
    local: { address: '192.168.1.10', port: 50_001 },
    server: { address: '203.0.113.1', port: 5060 },
  },
  mac,
)
const answer = (plain: Uint8Array, proof?: string): string => {
  const deflated = deflateRawSync(plain)
  const head = ['SIP/2.0 488 No', `Via: SIP/2.0/UDP h;branch=z9hG4bK${nonce}`, 'To: <sip:a>;tag=b']
  return [
    ...head,
    `${mirrorProofHeader}: ${proof ?? mirrorProof(deflated, mac)}`,
    '',
    deflated.toString('base64'),
  ].join('\r\n')
}

describe('what comes back to the SIP ALG check', () => {
  it('is as long as planned: one packet of every path', () => {
    assert.equal(request.length, 1_280)
    assert.equal(compareRequests(request, request).length, 0)
  })

  it('is no mirror without the server’s proof, with nonsense under it, or with a bomb', () => {
    const good = Buffer.from(`${JSON.stringify({ from: { address: '203.0.113.9', port: 9 } })}\n${request}`)
    assert.equal(readMirrored(answer(good), nonce, mac)?.kind, 'mirrored')
    for (const wrong of [
      answer(good, 'f'.repeat(32)),
      answer(Buffer.from('null\n')),
      answer(Buffer.from('{"from":5}\n')),
      answer(Buffer.from('no JSON')),
      answer(Buffer.alloc(50_000_000)),
    ])
      assert.equal(readMirrored(wrong, nonce, mac)?.kind, 'foreign', wrong.slice(0, 300))
    assert.equal(readMirrored(answer(good), 'another', mac), undefined)
    assert.equal(readMirrored(answer(good).replace('488', '100'), nonce, mac), undefined)
  })

  it('never breaks the reader, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        readMirrored(text, nonce, mac)
        readMirrored(`SIP/2.0 200 x\r\nVia: ${nonce}\r\n${mirrorProofHeader}: ${text}\r\n\r\n${text}`, nonce, mac)
        compareRequests(request, text)
      }),
    )
  })

  it('is told to differ whenever it does, wherever that is', () => {
    fc.assert(
      fc.property(fc.nat(request.length - 1), fc.constantFrom('', 'x', ' ', '\r\n', ':'), (at, put) => {
        const changed = request.slice(0, at) + put + request.slice(at + 1)
        fc.pre(changed !== request)
        assert.ok(compareRequests(request, changed).length > 0, JSON.stringify(changed.slice(at - 20, at + 20)))
      }),
      { numRuns: 500 },
    )
    for (const name of ['constructor', '__proto__', 'toString'])
      assert.equal(compareRequests(request, request.replace('CSeq:', `${name}: 1\r\nCSeq:`)).length, 1)
  })
})
