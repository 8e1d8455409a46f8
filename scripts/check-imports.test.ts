import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { cycles, importsOf } from './check-imports.ts'
import { missingPlatformPackages } from './complete-lockfile.ts'

describe('the import check', () => {
  it('finds imports, type imports, re-exports and dynamic imports with their lines, and none in comments', () => {
    const source = [
      "import { a } from './a.ts'",
      "import type { B } from '@vaxel/b'",
      "export * from './c.ts'",
      '/* import nothing from "nowhere" */',
      "const d = await import('./d.ts')",
      "import {\n  e,\n} from './e.ts'",
    ].join('\n')
    assert.deepEqual(
      importsOf('x.ts', source).map(({ specifier, line }) => [specifier, line]),
      [
        ['./a.ts', 1],
        ['@vaxel/b', 2],
        ['./c.ts', 3],
        ['./d.ts', 5],
        ['./e.ts', 6],
      ],
    )
  })

  it('names every ring once', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['a', 'd']],
      ['d', []],
      ['e', ['e']],
    ])
    assert.deepEqual(cycles(graph), ['import cycle: a ↔ b ↔ c', 'import cycle: e'])
  })
})

describe('the lock file', () => {
  it('gets the packages of other platforms that an optional dependency names', () => {
    const missing = missingPlatformPackages({
      'node_modules/tool': {
        version: '1.0.0',
        dev: true,
        optionalDependencies: { 'tool-linux-x64': '1.0.0', 'tool-darwin-arm64': '1.0.0' },
      },
      'node_modules/tool-linux-x64': { version: '1.0.0' },
    })
    assert.deepEqual(missing, {
      'node_modules/tool-darwin-arm64': { version: '1.0.0', dev: true, optional: true, os: ['darwin'], cpu: ['arm64'] },
    })
  })
})
