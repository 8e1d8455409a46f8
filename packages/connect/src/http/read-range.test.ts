import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isKnown, readRange } from './read-range.ts'

describe('a range of bytes (RFC 9110 §14.1.2)', () => {
  for (const [field, expected] of [
    ['bytes=0-499', { start: 0, end: 500 }],
    ['bytes=500-', { start: 500, end: 1000 }],
    ['bytes=-200', { start: 800, end: 1000 }],
    ['bytes=-2000', { start: 0, end: 1000 }],
    ['bytes=999-5000', { start: 999, end: 1000 }],
    ['bytes=1000-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=5-4', undefined],
    ['bytes=0-1,5-6', undefined],
    ['bytes=-', undefined],
    ['items=0-1', undefined],
    [undefined, undefined],
  ] as const)
    it(`reads ${field}`, () => assert.deepEqual(readRange(field, 1000), expected))

  it('finds an entity tag in a list, weak or not', () => {
    assert.ok(isKnown('"a", W/"b"', '"b"'))
    assert.ok(!isKnown('"a"', '"b"'))
    assert.ok(!isKnown(undefined, '"b"'))
  })
})
