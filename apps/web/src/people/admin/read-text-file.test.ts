import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readTextFile } from './read-text-file.ts'

const text = 'namn;telefon\r\nBjörn Åkerlund;+46701740605\r\n'

describe('a file from another program', () => {
  it('keeps its letters, in whichever of the usual ways it is written', () => {
    const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le')
    for (const [name, bytes] of [
      ['UTF-8', Buffer.from(text)],
      ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
      ['UTF-16, little end first', utf16],
      ['UTF-16, big end first', Buffer.from(utf16).swap16()],
      ['Windows 1252', Buffer.from(text, 'latin1')],
    ] as const)
      assert.equal(readTextFile(bytes), text, name)
  })
})
