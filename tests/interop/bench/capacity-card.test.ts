import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { eventually, Program, temporaryFolder } from '@vaxel/testkit'

const commandLine = join(dirname(fileURLToPath(import.meta.url)), '../../../apps/cli/src/main.ts')

interface Card {
  readonly machine: { readonly cores: number; readonly processor: string }
  readonly knees: readonly { readonly kind: string; readonly clean: number; readonly why: string }[]
  readonly proposal?: { readonly setting: string; readonly value: number }
  readonly notMeasured: readonly string[]
  readonly applied?: string | object
}

/** Processes that were started for the temporary folder, however deep. */
function processesOf(folder: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`TMPDIR=${folder}`)
    } catch {
      return false
    }
  })
}

function startBench(folder: string, ...more: string[]): Program {
  const url = 'http://127.0.0.1:9'
  return Program.start(process.execPath, [commandLine, 'bench', '--url', url, '--folder', folder, ...more])
}

describe('an administrator asks what the machine carries', () => {
  it('prints the card and leaves neither a process nor data behind', { timeout: 120_000 }, async () => {
    const folder = temporaryFolder('bench')
    const data = temporaryFolder('bench-data')
    writeFileSync(join(data, 'vaxel.json'), '{ "httpPort": 8081 }')
    const bench = startBench(folder, '--json', '--seconds', '5', '--apply', '--data', data)
    const { code } = await bench.ended
    assert.equal(code, 0, bench.output)
    const card = JSON.parse(bench.output.slice(bench.output.indexOf('\n{') + 1)) as Card
    assert.deepEqual(
      card.knees.map(({ kind }) => kind),
      ['registrations', 'calls', 'relayed', 'srtp', 'recorded'],
    )
    assert.ok(card.knees[0]!.clean >= 0 && card.machine.cores > 0 && card.notMeasured.length > 0)
    if (card.proposal) {
      assert.equal(card.proposal.setting, 'maxCalls')
      assert.ok(card.proposal.value >= 1)
    }
    const settings = JSON.parse(readFileSync(join(data, 'vaxel.json'), 'utf8')) as Record<string, unknown>
    // A measurement on a busy machine is none to rely on; it is said then, and nothing is written.
    if (typeof card.applied === 'string') assert.deepEqual(settings, { httpPort: 8081 }, card.applied)
    else assert.deepEqual(settings, { httpPort: 8081, maxCalls: card.proposal?.value })
    assert.deepEqual(processesOf(folder), [])
    assert.deepEqual(readdirSync(folder), [])
  })

  it('stops at Ctrl-C and leaves nothing behind', { timeout: 60_000 }, async () => {
    const folder = temporaryFolder('bench')
    const bench = startBench(folder)
    await bench.waitForOutput(/bench: registrations/, 40_000)
    bench.signal('SIGINT')
    assert.notEqual((await bench.ended).code, 0)
    await eventually('every process has ended', () => processesOf(folder).length === 0)
    await eventually('the data is gone', () => readdirSync(folder).length === 0)
  })

  it('says before it measures that it could not write the limit', { timeout: 60_000 }, async () => {
    const data = temporaryFolder('bench-data')
    writeFileSync(join(data, 'vaxel.json'), '{ "httpPort": ')
    const bench = startBench(temporaryFolder('bench'), '--apply', '--data', data)
    assert.notEqual((await bench.ended).code, 0)
    assert.match(bench.output, /vaxel\.json is not a JSON object\. Mend it first/)
  })

  it('refuses a time that it cannot keep', async () => {
    const bench = startBench(temporaryFolder('bench'), '--seconds', '1')
    assert.equal((await bench.ended).code, 2)
    assert.match(bench.output, /from 5 to 1800/)
  })
})
