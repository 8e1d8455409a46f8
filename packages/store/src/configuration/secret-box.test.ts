import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { SecretBox } from './secret-box.ts'

const box = new SecretBox(new Uint8Array(32).fill(7))

describe('the secret box', () => {
  it('opens what it sealed, for the same context only', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, context) => {
        const sealed = box.seal(text, context)
        assert.equal(box.open(sealed, context), text)
        assert.throws(() => box.open(sealed, `${context}x`))
      }),
    )
  })

  it('opens nothing that was changed or sealed with another key', () => {
    const sealed = box.seal('secret', 'here')
    const bytes = Buffer.from(sealed.slice(3), 'base64')
    for (let i = 0; i < bytes.length; i++) {
      const changed = Buffer.from(bytes)
      changed[i]! ^= 1
      assert.throws(() => box.open(`v1.${changed.toString('base64')}`, 'here'))
    }
    assert.throws(() => new SecretBox(new Uint8Array(32)).open(sealed, 'here'))
    assert.throws(() => box.open('plain', 'here'), /unknown form/)
  })

  it('never seals the same text the same way', () => {
    assert.notEqual(box.seal('x', 'y'), box.seal('x', 'y'))
  })
})
