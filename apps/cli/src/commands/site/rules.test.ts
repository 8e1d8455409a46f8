import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { deviceNames } from '@vaxel/site'
import { runCommandLine } from '../../run-command-line.ts'

const example = fileURLToPath(new URL('../../../../../docs/site-plan-example.json', import.meta.url))
const day = ['--today', '2026-11-21']

describe('vaxel site rules, without a server', () => {
  let folder: string
  const run = async (...argv: string[]) => {
    const lines: string[] = []
    const notes: string[] = []
    const code = await runCommandLine(['site', 'rules', ...argv], {
      out: { line: (text) => void lines.push(text), note: (text) => void notes.push(text) },
      environment: { XDG_CONFIG_HOME: folder, VAXEL_URL: 'http://127.0.0.1:1' },
      signal: AbortSignal.timeout(20_000),
    })
    return { code, text: lines.join('\n'), notes: notes.join('\n') }
  }
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vaxel-rules-'))
  })
  after(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  it('writes the example for every device, in a file or to the screen', async () => {
    for (const device of deviceNames) {
      const out = join(folder, device)
      const written = await run(example, '--device', device, '--out', out, ...day)
      assert.equal(written.code, 0, written.notes)
      const printed = await run(example, '--device', device, ...day)
      assert.equal(printed.text.trimEnd(), (await readFile(out, 'utf8')).trimEnd())
      assert.match(printed.text, /tp-/)
    }
    const { text } = await run(example, '--device', 'nftables', '--json', ...day)
    assert.equal(JSON.parse(text).name, 'vaxel-site.nft')
  })

  it('says by its exit code whether a rule set is complete, too open, lacking or not understood', async () => {
    const path = join(folder, 'rules')
    const check = async (text: string, ...more: string[]) => {
      await writeFile(path, text)
      return await run('check', example, path, ...day, ...more)
    }
    const { text } = await run(example, '--device', 'csv', ...day)
    const complete = await check(text)
    assert.deepEqual([complete.code, complete.notes], [0, ''], complete.text)
    const open = await check(`${text}\r\nmore,accept,out,x,any,y,198.51.100.9,tcp,25,,,,,,,\r\n`)
    assert.equal(open.code, 1)
    assert.equal((await check(`${text}\r\nmore,accept,out,x,any,y,198.51.100.9,tcp,25,,,,,,,\r\n`, '--shared')).code, 0)
    const less = await check(text.split('\r\n').toSpliced(1, 1).join('\r\n'))
    assert.equal(less.code, 2)
    assert.match(less.text, /^MISSING: 1 needed/)
    assert.match(less.text, /Without it: /)
    assert.equal((await check(`${text}\r\nx,accept,out,x,any,y,10.0.0.300,tcp,25,,,,,,,\r\n`)).code, 3)
    assert.equal(JSON.parse((await check(text, '--json')).text).verdict, 'complete')
    assert.match((await check(text, '--language', 'sv')).text, /^KOMPLETT/)
  })

  it('tells what was wrongly typed or cannot be read', async () => {
    assert.match((await run(example)).notes, /--device is missing; there are nftables, /)
    assert.equal((await run(example, '--device', 'abacus')).code, 2)
    assert.equal((await run('check', example, join(folder, 'nothing'))).code, 3)
    assert.equal((await run('check', example, example, '--inside', 'lan0')).code, 2)
    assert.equal((await run('check', example, example, '--format', 'x')).code, 2)
    assert.equal((await run('check', example, example)).code, 3)
  })
})
