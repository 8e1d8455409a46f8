import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fields, printable, table } from './output.ts'

/** Clears the screen, sets the window's title, the same in one byte of C1, and writes backwards. */
const hostile = 'A\u001b[2J\u001b]0;root\u0007\u009b31m\u202eB'

describe('what others wrote', () => {
  it('does not steer the terminal of whoever reads it', () => {
    for (const text of [printable(hostile), table(['NAME'], [[hostile]]), fields([['name', hostile]])]) {
      assert.doesNotMatch(text, /(?!\n)\p{Cc}|\u202e/u)
      assert.match(text, /A\ufffd\[2J.*B/)
    }
  })

  it('makes no row of its own in a table', () => {
    const text = table(['NAME', 'ROLE'], [['Eve\nAnna  administrator\r', 'user']])
    assert.equal(text.split('\n').length, 3)
  })

  it('keeps letters of all scripts, tabs and lines where they may be', () => {
    assert.equal(printable('Åsa\t山田\nعلي 👩‍💻'), 'Åsa\t山田\nعلي 👩‍💻')
  })
})
