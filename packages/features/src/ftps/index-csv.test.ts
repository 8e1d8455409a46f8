import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { cell } from './index-csv.ts'

describe('a cell of the index', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['Anna Berg', 'Anna Berg'],
    ['+46701234567', '+46701234567'],
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ['+1+cmd|x', `"'+1+cmd|x"`],
    ['-2', `"'-2"`],
    ['@x', `"'@x"`],
    ['a, b', '"a, b"'],
    ['a\r\nb', '"a\r\nb"'],
  ]
  for (const [value, shown] of cases)
    it(`${JSON.stringify(value)} is written so that no spreadsheet runs it`, () => {
      assert.equal(cell(value), shown)
    })
})
