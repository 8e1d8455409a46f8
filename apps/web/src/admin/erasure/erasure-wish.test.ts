import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isNothing, mistakeOf, sumOf, wishOf } from './erasure-wish.ts'

const none = { calls: 0, recordings: 0, voiceMessages: 0, visits: 0, mails: 0, chats: 0 }
const noneKept = { calls: 0, recordings: 0, visits: 0, mails: 0, chats: 0 }

describe('a person to be erased, as somebody types who it is', () => {
  it('is told by numbers with blanks and by addresses, each on its line or parted by commas', () => {
    assert.deepEqual(wishOf(' 070-123 45 67\n\nkim@customer.test, +46 8 1 ;lea@x.test\r\n'), {
      numbers: ['070-123 45 67', '+46 8 1'],
      addresses: ['kim@customer.test', 'lea@x.test'],
    })
    assert.deepEqual(wishOf(' \n'), { numbers: [], addresses: [] })
  })

  it('has mistakes that name what was typed', () => {
    const wish = { numbers: ['201', 'Kim'], addresses: ['kim@'] }
    const at = (path: string, reason: string) => mistakeOf(wish, { path, reason })
    assert.deepEqual(at('/numbers/0', 'is a number of the company itself: …'), { what: 'own', of: '201' })
    assert.deepEqual(at('/numbers/0', 'is an emergency number, …'), { what: 'emergency', of: '201' })
    assert.deepEqual(at('/numbers/1', 'is no telephone number'), { what: 'unread', of: 'Kim' })
    assert.deepEqual(at('/addresses/0', 'must match pattern'), { what: 'unread', of: 'kim@' })
    assert.deepEqual(at('/numbers', 'must name a number'), { what: 'nobody', of: '' })
  })

  it('is counted over all parts', () => {
    const part = { erased: { ...none, calls: 2 }, kept: { ...noneKept, mails: 1 } }
    assert.deepEqual(sumOf(part, part), { erased: { ...none, calls: 4 }, kept: { ...noneKept, mails: 2 } })
    assert.equal(isNothing(part), false)
    assert.equal(isNothing({ erased: none, kept: noneKept }), true)
  })
})
