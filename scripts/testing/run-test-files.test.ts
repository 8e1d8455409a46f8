import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type Count, runTestFiles, type TestFilesOptions } from './run-test-files.ts'

describe('files of tests', () => {
  let root: string
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'vaxel-test-files-'))
    const fails = (condition: string) =>
      `import { it } from 'node:test'\nimport { existsSync, writeFileSync } from 'node:fs'\nit('a', () => { if (${condition}) throw new Error('unlucky') })\nit('b', () => {})\n`
    write('sound.test.mjs', fails('false'))
    write('broken.test.mjs', fails('true'))
    const once = JSON.stringify(join(root, 'seen'))
    write('unlucky.test.mjs', fails(`!existsSync(${once}) && (writeFileSync(${once}, ''), true)`))
  })
  after(() => rmSync(root, { recursive: true, force: true }))
  const write = (name: string, text: string) => writeFileSync(join(root, name), text)

  async function run(names: readonly string[], more: Partial<TestFilesOptions> = {}): Promise<[Count, string]> {
    const said: string[] = []
    const files = names.map((name) => join(root, `${name}.test.mjs`))
    const say = (line: string) => void said.push(line)
    return [await runTestFiles({ root, files, concurrency: 2, fileLimitMs: 60_000, say, ...more }), said.join('\n')]
  }

  it('count what passed and failed, and run once', async () => {
    const [count, said] = await run(['sound', 'broken'])
    assert.deepEqual(count, { passed: 3, failed: 1, skipped: 0 })
    assert.match(said, /FAILED broken\.test\.mjs › a\n +Error: unlucky/)
    assert.doesNotMatch(said, /once more/)
  })

  it('that may run again count as they end alone; what they said at first is shown', async () => {
    const [count, said] = await run(['unlucky', 'broken'], { mayRunAgain: () => true })
    assert.deepEqual(count, { passed: 3, failed: 1, skipped: 0 })
    assert.match(said, /FAILED unlucky\.test\.mjs › a[^]*unlucky\.test\.mjs: once more[^]*unlucky\.test\.mjs: 2 passed/)
    assert.match(said, /broken\.test\.mjs: once more[^]*FAILED broken\.test\.mjs › a/)
  })

  it('do not run again beside one that may not', async () => {
    const [, said] = await run(['sound', 'broken'], { mayRunAgain: (file) => file.includes('sound') })
    assert.doesNotMatch(said, /once more/)
  })
})
