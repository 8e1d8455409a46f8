// What `npm test` and CI run: every check in order, then every test. Ends with `N passed, N failed`.
//   node scripts/launch.mjs scripts/test.ts [--only format,lint,imports,types,web,peers,tests,docs,unit,interop,soak] [path or part of one …]
import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ensureWebBuilt } from '@vaxel/web/build'
import { checkDocs } from './check-docs.ts'
import { checkImports } from './check-imports.ts'
import { installPeers } from './peers.ts'
import type { FileKind } from './testing/room.ts'
import { type Count, runTestFiles } from './testing/run-test-files.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const bin = (name: string): string => join(root, 'node_modules', '.bin', name)
const passed: Count = { passed: 1, failed: 0, skipped: 0 }
const failed: Count = { passed: 0, failed: 1, skipped: 0 }

const { values, positionals } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true })

/** Runs a tool; its output is shown only when it finds something. */
async function tool(command: string, ...args: string[]): Promise<Count> {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (text: Buffer) => (output += text.toString()))
  child.stderr.on('data', (text: Buffer) => (output += text.toString()))
  const code = await new Promise<number | null>((resolve) => {
    child.on('close', resolve)
    child.on('error', () => resolve(127))
  })
  if (code === 0) return passed
  say(output.trimEnd())
  return failed
}

function verdict(mistakes: readonly string[]): Count {
  for (const mistake of mistakes) say(`  ${mistake}`)
  return mistakes.length === 0 ? passed : failed
}

function testFiles(...patterns: string[]): string[] {
  return globSync(patterns, { cwd: root, exclude: (path) => path.includes('node_modules') })
    .filter((path) => positionals.length === 0 || positionals.some((part) => path.includes(part)))
    .sort()
    .map((path) => join(root, path))
}

/** Folders of tests that listen to sound, or need their time. */
const careful =
  /\/(abuse|baresip|bench|chromium|conference|crash|fax|flows|ledger|limits|linphone|nat|operations|platform|postgres|probe|probe-nat|queues|recording|rules|sipp|storage|trunk|turn|voicemail|web-continuity|web-nat|web-phone|web-recordings|web-supervisor|web-verify)\//
/** Tests that hold what they measured of a line against what the line was set to. */
const measuring = /\/(probe\/bad-line|probe-nat\/broken|nat\/(bad-line|test-network)|web-continuity\/quality)\./
/** What browsers measure of a line on two processors is the line only when nothing else runs; and where one takes all of the machine, nothing else works. */
const alone = /\/(web-verify\/lines|limits\/overload)\./

function kindOf(file: string): FileKind {
  const path = `/${relative(root, file)}`
  if (!path.startsWith('/tests/')) return 'easy'
  if (alone.test(path)) return 'alone'
  if (measuring.test(path)) return 'measuring'
  return careful.test(path) ? 'careful' : 'easy'
}

/** Files that bear few others come first, and what gives way fills the rest; among these browsers, which take longest, are first by their names. */
const turns: readonly FileKind[] = ['alone', 'measuring', 'careful', 'easy']

function interopFiles(): string[] {
  const files = testFiles('tests/**/*.test.ts').filter((path) => !path.includes('/tests/soak/'))
  return files.reverse().sort((a, b) => turns.indexOf(kindOf(a)) - turns.indexOf(kindOf(b)))
}

const unitFiles = (): string[] =>
  testFiles(
    'packages/*/src/**/*.test.ts',
    'apps/*/src/**/*.test.ts',
    'apps/web/build/**/*.test.ts',
    'scripts/**/*.test.ts',
    'bench/**/*.test.ts',
  )

/** Tests of the parts fill what those of the whole leave idle, which wait for sound and pages. */
const runFiles = (files: readonly string[], concurrency: number): Promise<Count> =>
  runTestFiles({
    root,
    files,
    concurrency,
    mostAtOnce: Math.min(4, 2 * availableParallelism()),
    kindOf,
    // Where it is to be seen which tests a busy machine disturbs, VAXEL_TEST_AGAIN=no lets them fail.
    mayRunAgain: (file) =>
      process.env['VAXEL_TEST_AGAIN'] !== 'no' && /^tests\/(interop|releases)\//.test(relative(root, file)),
    fileLimitMs: 480_000,
    say,
  })

const steps: Readonly<Record<string, () => Promise<Count>>> = {
  format: () => tool(bin('biome'), 'format', '.'),
  lint: () => tool(bin('oxlint'), '--type-aware', '--deny-warnings', '--format=unix'),
  imports: async () => verdict(checkImports(root)),
  types: async () => {
    const [own, web] = [
      await tool(bin('tsc'), '--noEmit', '-p', 'tsconfig.json'),
      await tool(bin('tsc'), '--noEmit', '-p', 'apps/web'),
    ]
    return { passed: own.passed + web.passed, failed: own.failed + web.failed, skipped: 0 }
  },
  web: async () => {
    try {
      await ensureWebBuilt()
      return passed
    } catch (error) {
      return verdict([`the web app cannot be built: ${String(error)}`])
    }
  },
  peers: async () => {
    const missing = installPeers(say)
    return verdict(missing === undefined ? [] : [missing])
  },
  tests: () => runFiles([...interopFiles(), ...unitFiles()], Math.min(2, availableParallelism())),
  unit: () => runFiles(unitFiles(), availableParallelism()),
  interop: () => runFiles(interopFiles(), Math.min(2, availableParallelism())),
  docs: async () => verdict(await checkDocs(root)),
  // What takes long, by its own command: as many crashes as were promised, hundreds of callers, and a server that is used for a while.
  soak: () => {
    process.env['VAXEL_TEST_KILLS'] ??= '50'
    process.env['VAXEL_TEST_CALLERS'] ??= '300'
    process.env['VAXEL_TEST_AWAY_MS'] ??= '20000'
    return runTestFiles({
      root,
      files: testFiles(
        'tests/interop/crash/kill-*.test.ts',
        'tests/interop/centre/centre.test.ts',
        'tests/soak/*.test.ts',
      ),
      concurrency: 1,
      fileLimitMs: 900_000,
      say,
    })
  },
}

/** What `tests` has in it, and what has a command of its own. */
const notByDefault = ['unit', 'interop', 'soak']
const chosen = values.only?.split(',') ?? Object.keys(steps).filter((name) => !notByDefault.includes(name))
const unknown = chosen.filter((name) => !(name in steps))
if (unknown.length > 0) {
  process.stderr.write(`no such step: ${unknown.join(', ')}; there are ${Object.keys(steps).join(', ')}\n`)
  process.exit(2)
}
// Pictures of screens are for whoever runs a few tests to look at them.
if (positionals.length === 0) process.env['VAXEL_TEST_PICTURES'] ??= 'none'
const total: Count = { passed: 0, failed: 0, skipped: 0 }
for (const name of chosen) {
  say(`${name} …`)
  const startedMs = performance.now()
  const count = await steps[name]!()
  for (const kind of ['passed', 'failed', 'skipped'] as const) total[kind] += count[kind]
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
  say(`${name}: ${count.failed === 0 ? 'ok' : `${count.failed} failed`} (${seconds} s)`)
}
say(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`)
process.exit(total.failed === 0 ? 0 : 1)
