import { equal, throws } from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { HashedMac } from './hashed-mac.ts'

describe('HashedMac', () => {
  it('gives the first answer of RFC 4231 (§4.2)', () => {
    equal(
      new HashedMac(Buffer.alloc(20, 0x0b)).of(Buffer.from('Hi '), 'There'),
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    )
  })

  it('gives what node:crypto gives, for any key, bytes and text, one after another', () => {
    const key = fc.uint8Array({ maxLength: 64 })
    const texts = fc.array(fc.tuple(fc.uint8Array({ maxLength: 64 }), fc.string({ unit: 'grapheme', maxLength: 300 })))
    fc.assert(
      fc.property(key, texts, (secret, all) => {
        const mac = new HashedMac(secret)
        for (const [bytes, text] of all)
          equal(mac.of(bytes, text), createHmac('sha256', secret).update(bytes).update(text).digest('hex'))
      }),
    )
  })

  it('refuses a key that would have to be hashed first', () => {
    throws(() => new HashedMac(Buffer.alloc(65)), TypeError)
  })
})
