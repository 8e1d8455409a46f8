import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { allCommands } from '../../../apps/cli/src/commands/all-commands.ts'
import { parseCommandLine } from '../../../apps/cli/src/parse-command-line.ts'
import { settings } from '../../../apps/server/src/configuration.ts'

const root = join(import.meta.dirname, '../../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const page = read('docs/operations.md')
const commands = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) =>
  block!.split('\n').map((line) => line.replace(/\s+#.*$/, '').trim()),
)

describe('docs/operations.md', () => {
  it('has commands that the command line knows, with their options', () => {
    const ours = commands.map((line) => /\bnpx vaxel (.+)$/.exec(line)?.[1]).filter((line) => line !== undefined)
    assert.ok(ours.length >= 12, `${ours.length} commands`)
    for (const line of ours) {
      if (line === '--help') continue
      const parsed = parseCommandLine(allCommands, line.split(' '))
      assert.equal(parsed.kind, 'run', line)
    }
  })

  it('names files, settings and metrics that are there', () => {
    for (const [path] of page.matchAll(/packaging\/[\w/.-]+\w/g)) assert.ok(existsSync(join(root, path)), path)
    const known = new Set<string>([...settings.map(({ variable }) => variable), 'VAXEL_BACKUP_PASSPHRASE'])
    for (const [name] of page.matchAll(/\bVAXEL_[A-Z_]+\b/g)) assert.ok(known.has(name), name)
    const metrics = read('apps/server/src/metrics.ts')
    for (const [, name] of page.matchAll(/`(vaxel_\w+)`/g)) assert.ok(metrics.includes(`'${name}'`), name)
    const unit = read('packaging/systemd/vaxel.service')
    assert.ok(unit.includes('EnvironmentFile=-/etc/vaxel/vaxel.env') && unit.includes('/var/lib/vaxel/data'))
  })

  it('explains sentences that the program says', () => {
    const sources = globSync(['packages/*/src/**/*.ts', 'apps/*/src/**/*.ts'], { cwd: root })
      .filter((path) => !path.endsWith('.test.ts'))
      .map(read)
      .join('\n')
    const table = page.slice(page.indexOf('## What the sentences mean'))
    const sentences = [...table.matchAll(/^\| ([^|]+) \|[^|]+\|[^|]+\|$/gm)].map(([, cell]) => cell!).slice(2)
    assert.ok(sentences.length >= 10)
    for (const sentence of sentences) assert.ok(sources.includes(sentence), sentence)
  })
})
