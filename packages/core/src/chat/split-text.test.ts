import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { splitText } from './split-text.ts'

describe('a long text in parts', () => {
  it('is cut between words', () => {
    assert.deepEqual(splitText('one two three four', 10), ['one two', 'three four'])
    assert.deepEqual(splitText('short', 10), ['short'])
    assert.deepEqual(splitText('aaaaaaaaaaaa', 5), ['aaaaa', 'aaaaa', 'aa'])
  })

  it('has no part that is too long and loses nothing but spaces, in any script', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.integer({ min: 8, max: 60 }), (text, most) => {
        const parts = splitText(text, most)
        for (const part of parts) assert.ok(new TextEncoder().encode(part).length <= most)
        assert.equal(parts.join('').replace(/\s/g, ''), text.replace(/\s/g, ''))
        for (const part of parts) assert.ok(part.isWellFormed() || !text.isWellFormed())
      }),
    )
  })
})
