import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { partName } from './part-name.ts'

describe('the name of a part of a mail', () => {
  it('is cut between characters, never within one', () => {
    for (let before = 140; before < 152; before++) {
      const name = partName(`${'a'.repeat(before)}${'😀'.repeat(9)}.pdf`, 'application/pdf', 0)
      assert.ok(name.isWellFormed() && name.endsWith('.pdf') && name.length <= 150, name)
    }
  })

  it('has no halves of characters that somebody wrote', () => {
    assert.equal(partName('a\ud83d.pdf', 'application/pdf', 0), 'a\ufffd.pdf')
  })
})
