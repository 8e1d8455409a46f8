import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { disposition } from './send-file.ts'

describe('a file that is sent', () => {
  it('says its name in UTF-8, and in ASCII for what does not know that (RFC 6266)', () => {
    assert.equal(
      disposition({ name: 'Å "1".pdf', isInline: false }),
      `attachment; filename="_ _1_.pdf"; filename*=UTF-8''%C3%85%20%221%22.pdf`,
    )
  })

  it('can be had also when its name was cut within a character', () => {
    assert.equal(disposition({ name: 'a\ud83d', isInline: true }), `inline; filename="a_"; filename*=UTF-8''a%EF%BF%BD`)
  })
})
