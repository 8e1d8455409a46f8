import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, it } from 'node:test'
import { Program, temporaryFolder } from '@vaxel/testkit'

const root = join(import.meta.dirname, '../../..')
const launcher = join(root, 'scripts/launch.mjs')

/** A small program, launched from another folder than the repository's. */
function launch(source: string, ...args: string[]): Program {
  const folder = temporaryFolder('launch')
  const entry = join(folder, 'entry.ts')
  writeFileSync(entry, source)
  return Program.start(process.execPath, [launcher, relative(root, entry), ...args], { cwd: folder })
}

describe('the launcher', () => {
  it('runs TypeScript with the arguments, from any folder, and keeps the exit code', async () => {
    const program = launch(
      'const code: number = Number(process.argv[2])\nconsole.log(process.cwd())\nprocess.exit(code)',
      '7',
    )
    assert.deepEqual(await program.ended, { code: 7, signal: null })
    assert.match(program.output, /vaxel-launch-/)
  })

  it('lets a signal reach the program', async () => {
    const program = launch(
      "process.on('SIGTERM', () => process.exit(3))\nsetInterval(() => {}, 1000)\nconsole.log('waiting')",
    )
    await program.waitForOutput(/waiting/)
    program.signal('SIGTERM')
    assert.deepEqual(await program.ended, { code: 3, signal: null })
  })

  it('says how it is used when no entry is named', async () => {
    const program = Program.start(process.execPath, [launcher])
    assert.equal((await program.ended).code, 1)
    assert.match(program.output, /usage: node scripts\/launch\.mjs/)
  })
})
