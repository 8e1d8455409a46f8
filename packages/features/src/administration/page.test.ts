import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { pageOf } from './page.ts'

describe('a page of a list', () => {
  it('gives every entry exactly once, in order, whatever the size of the page', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), fc.integer({ min: 1, max: 7 }), (names, limit) => {
        const found: string[] = []
        let after: string | undefined
        do {
          const page = pageOf(names, {
            keyOf: (name) => name,
            view: (name) => name,
            limit,
            ...(after === undefined ? {} : { after }),
          })
          found.push(...page.items)
          after = page.next
        } while (after !== undefined)
        assert.deepEqual(found, [...names].sort())
      }),
    )
  })
})
