import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { setPriority, tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { easyPriority, type FileKind, hasRoom, type Load, LoadMeter } from './room.ts'
import type { ReportedCost, ReportedTest } from './test-reporter.ts'

/** What a step came to; every test and every check counts one. */
export interface Count {
  passed: number
  failed: number
  skipped: number
}

export interface TestFilesOptions {
  readonly root: string
  /** In the order in which they are started, as far as there is room. */
  readonly files: readonly string[]
  readonly concurrency: number
  /** How many at once while processors are idle; no more than `concurrency` if absent. */
  readonly mostAtOnce?: number
  /** How a file bears others; `easy` if absent. */
  readonly kindOf?: (file: string) => FileKind
  /**
   * Files that run real programs in real time: one that fails runs again when nothing else does, and then counts as it ended alone. What it said
   * the first time is shown all the same.
   */
  readonly mayRunAgain?: (file: string) => boolean
  /** A file that takes longer is ended and has failed. */
  readonly fileLimitMs: number
  readonly say: (line: string) => void
}

/** Long enough for a server or a browser that has just been started to show. */
const lookEveryMs = 3000
const reporter = fileURLToPath(new URL('test-reporter.ts', import.meta.url))

/** More files than this do not fail by bad luck. */
const mostAgain = 3

/** Runs each file in a process of its own and counts its tests. A file that leaves a process or does not end has failed. */
export async function runTestFiles(options: TestFilesOptions): Promise<Count> {
  const counts = new Map<string, Count>()
  const folder = mkdtempSync(join(tmpdir(), 'vaxel-tests-'))
  const run = async (file: string, kind: FileKind): Promise<void> => {
    const name = relative(options.root, file)
    const reportFile = join(folder, `${name.replaceAll('/', '_')}${counts.has(file) ? '-again' : ''}`)
    const { count, failures, durationMs, cpuMs } = await runTestFile(options, file, kind, reportFile)
    counts.set(file, count)
    const summary = [`${count.passed} passed`]
    if (count.failed > 0) summary.push(`${count.failed} FAILED`)
    if (count.skipped > 0) summary.push(`${count.skipped} skipped`)
    const took = [`${(durationMs / 1000).toFixed(1)} s`]
    if (cpuMs !== undefined) took.push(`CPU ${(cpuMs / 1000).toFixed(1)} s`)
    options.say(`  ${name}: ${summary.join(', ')} (${took.join(', ')})`)
    for (const failure of failures) options.say(`${failure}\n`)
  }
  await runInTurn(options, run)
  const failed = options.files.filter((file) => (counts.get(file)?.failed ?? 0) > 0)
  if (failed.length > 0 && failed.length <= mostAgain && failed.every((file) => options.mayRunAgain?.(file)))
    for (const file of failed) {
      options.say(`  ${relative(options.root, file)}: once more, with nothing beside it`)
      await run(file, 'alone')
    }
  rmSync(folder, { recursive: true, force: true })
  const total: Count = { passed: 0, failed: 0, skipped: 0 }
  for (const count of counts.values())
    for (const kind of ['passed', 'failed', 'skipped'] as const) total[kind] += count[kind]
  return total
}

/** Starts one file after another while there is room. What is started beyond the usual number is given time to show what it takes. */
async function runInTurn(
  options: TestFilesOptions,
  run: (file: string, kind: FileKind) => Promise<void>,
): Promise<void> {
  const usual = Math.max(1, options.concurrency)
  const most = Math.max(usual, options.mostAtOnce ?? usual)
  const kindOf = options.kindOf ?? (() => 'easy')
  const waiting = [...options.files]
  const running = new Map<string, Promise<void>>()
  const meter = new LoadMeter()
  const unknown: Load = { idleRatio: 0, easyRatio: 0 }
  let lately = unknown
  let readMs = performance.now()
  const next = (): string | undefined => {
    const kinds = [...running.keys()].map(kindOf)
    return waiting.find((file) => hasRoom({ kind: kindOf(file), running: kinds, lately, usual, most }))
  }
  while (waiting.length > 0 || running.size > 0) {
    for (let file = next(); file !== undefined; file = next()) {
      const started = file
      waiting.splice(waiting.indexOf(started), 1)
      if (running.size >= usual) {
        lately = unknown
        meter.read()
        readMs = performance.now()
      }
      running.set(
        started,
        run(started, kindOf(started)).finally(() => running.delete(started)),
      )
    }
    await Promise.race([...running.values(), wait(lookEveryMs, undefined, { ref: false })])
    if (performance.now() - readMs < lookEveryMs) continue
    lately = meter.read()
    readMs = performance.now()
  }
}

interface FileResult {
  readonly count: Count
  readonly failures: readonly string[]
  readonly durationMs: number
  /** Absent when the file was ended before it could tell. */
  readonly cpuMs: number | undefined
}

async function runTestFile(
  options: TestFilesOptions,
  file: string,
  kind: FileKind,
  reportFile: string,
): Promise<FileResult> {
  const startedMs = performance.now()
  const mark = `${process.pid}-${Math.random().toString(36).slice(2)}`
  // A test run inside a test run would report to the outer one.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const child = spawn(
    process.execPath,
    [`--test-reporter=${reporter}`, `--test-reporter-destination=${reportFile}`, file],
    { cwd: options.root, env: { ...env, VAXEL_TEST_MARK: mark }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  // What it starts inherits it.
  if (kind === 'easy' && child.pid !== undefined) setPriority(child.pid, easyPriority)
  let output = ''
  const keep = (text: Buffer) => {
    output = (output + text.toString()).slice(-20_000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  let tooLong = false
  const limit = setTimeout(() => {
    tooLong = true
    child.kill('SIGKILL')
  }, options.fileLimitMs)
  const code = await new Promise<number | null>((resolve) => child.on('exit', resolve))
  clearTimeout(limit)
  const left = await endLeftProcesses(mark)
  const { tests, cpuMs } = readReport(reportFile)
  const count: Count = { passed: 0, failed: 0, skipped: 0 }
  const failures: string[] = []
  const fail = (what: string) => {
    count.failed++
    failures.push(`    FAILED ${relative(options.root, file)} › ${what}`)
  }
  for (const test of tests) {
    if (test.outcome === 'failed') fail(`${test.name}\n${indent(test.error ?? '')}`)
    else count[test.outcome]++
  }
  if (tooLong)
    fail(
      `did not end within ${options.fileLimitMs / 1000} s: a test hangs, or something was left open\n${indent(output)}`,
    )
  else if (left.length > 0) fail(`left processes running: ${left.join(', ')}`)
  else if (tests.length === 0) fail(`has no test that ended (exit code ${code})\n${indent(output)}`)
  else if (code !== 0 && count.failed === 0) fail(`ended with code ${code}\n${indent(output)}`)
  return { count, failures, durationMs: performance.now() - startedMs, cpuMs }
}

function readReport(file: string): { tests: ReportedTest[]; cpuMs: number | undefined } {
  const tests: ReportedTest[] = []
  let cpuMs: number | undefined
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  for (const line of lines.filter((one) => one.startsWith('{') && one.endsWith('}'))) {
    const told = JSON.parse(line) as ReportedTest | ReportedCost
    if ('cpuMs' in told) cpuMs = told.cpuMs
    else tests.push(told)
  }
  return { tests, cpuMs }
}

/** A helper of a process ends with it, and a moment after it. */
const endingMs = 2000
const lookEachMs = 50

/** Processes that carry the mark of a test file that has ended, and stay: they are ended by their ids and named. Linux only. */
async function endLeftProcesses(mark: string): Promise<string[]> {
  if (!existsSync('/proc/self/environ')) return []
  const untilMs = performance.now() + endingMs
  for (;;) {
    const left = processesOf(mark)
    if (left.length === 0) return []
    if (performance.now() < untilMs) {
      await new Promise((resolve) => setTimeout(resolve, lookEachMs))
      continue
    }
    for (const { id } of left) end(id)
    return left.map(({ id, program }) => `${program} (${id})`)
  }
}

function processesOf(mark: string): { id: number; program: string }[] {
  const found: { id: number; program: string }[] = []
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry) || Number(entry) === process.pid) continue
    try {
      if (!readFileSync(`/proc/${entry}/environ`, 'latin1').includes(`VAXEL_TEST_MARK=${mark}`)) continue
      found.push({ id: Number(entry), program: readlinkSync(`/proc/${entry}/exe`) })
    } catch {
      // It ended, or is another user's.
    }
  }
  return found
}

function end(id: number): void {
  try {
    process.kill(id, 'SIGKILL')
  } catch {
    // It has just ended.
  }
}

const indent = (text: string): string =>
  text
    .split('\n')
    .map((line) => `      ${line}`)
    .join('\n')
