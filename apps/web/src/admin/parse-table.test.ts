import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseTable } from './parse-table.ts'

describe('a pasted table', () => {
  it('is read with the delimiter that its first line has', () => {
    assert.deepEqual(parseTable('name;login\nAda, Ek;ada').rows, [{ line: 2, cells: ['Ada, Ek', 'ada'] }])
    assert.deepEqual(parseTable('name\tlogin\r\nAda\tada\r\n').rows, [{ line: 2, cells: ['Ada', 'ada'] }])
  })

  it('has quotes, and lines within them', () => {
    const table = parseTable('\uFEFFname,note\n"Ek, ""Ada""","two\nlines"\n\nBo,\n')
    assert.deepEqual(table.columns, ['name', 'note'])
    assert.deepEqual(table.rows, [
      { line: 2, cells: ['Ek, "Ada"', 'two\nlines'] },
      { line: 5, cells: ['Bo', ''] },
    ])
  })

  it('may end its lines as spreadsheets on a Mac do', () => {
    const table = parseTable('name;note\rAda;"two\rlines"\rBo;\r')
    assert.deepEqual(table.columns, ['name', 'note'])
    assert.deepEqual(table.rows, [
      { line: 2, cells: ['Ada', 'two\nlines'] },
      { line: 4, cells: ['Bo', ''] },
    ])
  })

  it('may say its delimiter in a line for Excel', () => {
    const table = { columns: ['Name', 'Phone, work'], rows: [{ line: 3, cells: ['Anna', '201'] }] }
    for (const first of ['sep=;\r\n', '\uFEFFSEP=;\n', '"sep=;"\n', 'sep=;;;\n'])
      assert.deepEqual(parseTable(`${first}Name;Phone, work\r\nAnna;201\r\n`), table, first)
    assert.deepEqual(parseTable('sep=,'), { columns: [], rows: [] })
  })

  it('may be empty or cut', () => {
    assert.deepEqual(parseTable(''), { columns: [], rows: [] })
    assert.deepEqual(parseTable('name,login\n"Ada').rows, [{ line: 2, cells: ['Ada'] }])
  })
})
