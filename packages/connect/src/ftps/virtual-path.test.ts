import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { quotedPath, resolvePath } from './virtual-path.ts'

describe('a path of a command', () => {
  const cases: readonly (readonly [from: string[], path: string, to: string[] | undefined])[] = [
    [[], '/', []],
    [['2026'], '11', ['2026', '11']],
    [['2026', '11'], '..', ['2026']],
    [['2026', '11'], '/2025/./01//', ['2025', '01']],
    [[], '../../etc/passwd', ['etc', 'passwd']],
    [['2026'], '/../../..', []],
    [[], '..\\..\\etc', undefined],
    [[], 'a\u0000b', undefined],
    [[], 'a\r\nDELE x', undefined],
    [[], 'x'.repeat(1025), undefined],
    [[], 'a/'.repeat(33), undefined],
  ]
  for (const [from, path, to] of cases)
    it(`${JSON.stringify(path.slice(0, 30))} from /${from.join('/')} leads to ${to ? `/${to.join('/')}` : 'nowhere'}`, () => {
      assert.deepEqual(resolvePath(from, path), to)
    })

  it('is shown with its quotation marks doubled', () => {
    assert.equal(quotedPath(['a "b"']), '"/a ""b"""')
  })
})
