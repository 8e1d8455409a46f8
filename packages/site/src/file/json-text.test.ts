import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { mapJsonText } from './json-text.ts'

describe('the map of a JSON text', () => {
  it('gives the line of each pointer, and of what is missing the line of what it is missing in', () => {
    const text = '{\n  "a": [\n    1,\n    {"b/c": null}\n  ],\n  "d": {}\n}'
    const { lines, fault } = mapJsonText(text, ['/a/1/b~1c', '/a/0', '/d', '/d/x', '', '/a/7/y'])
    assert.equal(fault, undefined)
    assert.deepEqual(Object.fromEntries(lines), { '': 1, '/a/0': 3, '/a/1/b~1c': 4, '/a/7/y': 2, '/d': 6, '/d/x': 6 })
  })

  it('tells a name that is there twice', () => {
    assert.deepEqual(mapJsonText('{"a":1,\n"\\u0061":2}', []).twice, [{ path: '/a', line: 2 }])
  })

  const broken: readonly (readonly [text: string, line: number, reason: string])[] = [
    ['', 1, 'ends too early: a value is missing here'],
    ['{', 1, 'ends too early: } is missing'],
    ['{"a":1,\n}', 2, 'has a comma too many before }; remove it'],
    ['[1,\n\n]', 3, 'has a comma too many before ]; remove it'],
    ['[1\n2]', 2, 'has "2" where a comma or ] must stand'],
    ['{"a" 1}', 1, 'needs a colon after "a"'],
    ['{a:1}', 1, 'needs a name in double quotes here'],
    ["{'a':1}", 1, 'needs a name in double quotes here'],
    ["['a']", 1, 'has a text in single quotes; JSON wants double quotes'],
    ['[\n"a\nb"]', 2, 'has a text that does not end on its line, or an escape that JSON does not know'],
    ['[1] 2', 1, 'goes on after its end; remove what follows'],
    ['// hello\n{}', 1, 'has a comment; JSON has none, remove it'],
    ['[01]', 1, 'has "1" where a comma or ] must stand'],
    ['[NaN]', 1, 'has "N" where a value must stand'],
    ['[1', 1, 'ends too early: ] is missing'],
  ]
  for (const [text, line, reason] of broken)
    it(`says of ${JSON.stringify(text)} that line ${line} ${reason}`, () => {
      assert.deepEqual(mapJsonText(text, []).fault, { line, reason })
    })

  it('agrees with JSON.parse about what is JSON, whatever is changed in a text', () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', ',', '"', '}', ']', '{', ':', ' ', '0', '\\'),
        (json, at, put) => {
          const place = at % (json.length + 1)
          for (const text of [json, json.slice(0, place) + put + json.slice(place + 1)]) {
            let isJson = true
            try {
              JSON.parse(text)
            } catch {
              isJson = false
            }
            assert.equal(mapJsonText(text, []).fault === undefined, isJson, text)
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})
