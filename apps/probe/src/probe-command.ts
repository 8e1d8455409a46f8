import { writeFile } from 'node:fs/promises'
import { arch, release, type } from 'node:os'
import { type Language, type Said, say, sessionWords } from '@vaxel/site'
import { allChecks } from './all-checks.ts'
import type { probeFlags } from './probe-flags.ts'
import { readInputs } from './read-inputs.ts'
import { htmlReport } from './report/html-report.ts'
import { monitoringLine, probeExitCodes } from './report/monitoring-line.ts'
import { textReport } from './report/text-report.ts'
import { runProbe } from './run-probe.ts'
import { readTarget } from './target.ts'
import { oneLine } from './tls/certificate-facts.ts'

/** Options and the target as they were typed. */
export interface ProbeTyped {
  readonly target?: string
  readonly options: Readonly<Partial<Record<keyof typeof probeFlags, string | true>>>
}

export interface ProbeOutput {
  /** To standard output. */
  line(text: string): void
  /** To standard error. */
  note(text: string): void
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly version: string
  readonly signal: AbortSignal
}

const mostMinutes = 15
const usualMinutes = 0.5

/** Runs the probe as its command line says. Never rejects. @returns the exit code */
export async function runProbeCommand(typed: ProbeTyped, output: ProbeOutput): Promise<number> {
  const { options } = typed
  const textOf = (name: keyof typeof probeFlags): string | undefined => {
    const value = options[name]
    return typeof value === 'string' ? value : undefined
  }
  const listOf = (name: keyof typeof probeFlags): readonly string[] =>
    (textOf(name) ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
  const language = languageOf(textOf('language'), output.environment)
  const refuse = (faults: readonly Said[]): number => {
    for (const said of faults) output.note(sentence(said, language))
    output.line(
      `VAXEL NOT PROVEN - ${faults[0] ? sentence(faults[0], 'en').replaceAll('|', '/') : 'nothing was checked'}`,
    )
    return probeExitCodes['not-proven']
  }
  try {
    const faults: Said[] = []
    const target = typed.target === undefined ? undefined : readTarget(typed.target)
    if (typed.target !== undefined && !target)
      faults.push({ key: 'wrong-target', values: { text: oneLine(typed.target) } })
    const minutes = Number(textOf('minutes') ?? usualMinutes)
    if (!(minutes >= 0.05 && minutes <= mostMinutes))
      faults.push({ key: 'wrong-option', values: { option: 'minutes', wanted: `0.05 – ${mostMinutes}` } })
    if (options.language !== undefined && !isLanguage(textOf('language')))
      faults.push({ key: 'wrong-option', values: { option: 'language', wanted: 'en, sv, fr' } })
    const segment = textOf('segment') ?? ''
    if (segment.length > 100 || oneLine(segment) !== segment)
      faults.push({ key: 'wrong-option', values: { option: 'segment', wanted: '1 – 100 a–ö, 0–9' } })
    const kinds = allChecks.flatMap(({ makes }) => makes)
    if (listOf('only').some((name) => !kinds.some((kind) => kind === name)))
      faults.push({ key: 'wrong-option', values: { option: 'only', wanted: kinds.join(', ') } })
    const catalogue = textOf('catalogue')
    const profile = textOf('profile')
    const read = await readInputs({
      ...(catalogue !== undefined && { catalogue }),
      ...(profile !== undefined && { profile }),
      merge: listOf('merge'),
      roots: listOf('ca'),
    })
    faults.push(...read.faults)
    if (typed.target === undefined && catalogue === undefined) faults.push({ key: 'no-target', values: {} })
    if (faults.length > 0) return refuse(faults)
    const dnsServers = listOf('dns')
    const only = listOf('only')
    const outcome = await runProbe({
      ...read.inputs,
      ...(target && { target }),
      segment,
      minutes,
      timeServers: listOf('ntp'),
      ...(dnsServers.length > 0 && { dnsServers }),
      ...(only.length > 0 && { only }),
      environment: output.environment,
      version: output.version,
      on: `${type()} ${release()} ${arch()}, Node.js ${process.versions.node}`,
      signal: output.signal,
      tell: (line) => output.note(line),
    })
    if (!outcome.ok) return refuse(outcome.faults)
    const { report, requirements, notes, isClockWrong } = outcome
    for (const said of notes) output.note(sentence(said, language))
    const written = await writeAll([
      [textOf('json'), () => `${JSON.stringify(report, undefined, 2)}\n`],
      [textOf('html'), () => htmlReport(report, language)],
    ])
    for (const said of written) output.note(sentence(said, language))
    output.line(monitoringLine(report, requirements))
    if (options.quiet !== true) output.line(`\n${textReport(report, language)}`)
    return isClockWrong || written.length > 0 ? probeExitCodes['not-proven'] : probeExitCodes[report.judgement.verdict]
  } catch (error) {
    output.note(`the probe made a mistake: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    output.line('VAXEL NOT PROVEN - the probe made a mistake')
    return probeExitCodes['not-proven']
  }
}

async function writeAll(files: readonly (readonly [string | undefined, () => string])[]): Promise<readonly Said[]> {
  const faults: Said[] = []
  for (const [file, text] of files) {
    if (file === undefined) continue
    try {
      await writeFile(file, text())
    } catch (error) {
      faults.push({
        key: 'file-unwritable',
        values: { file, reason: (error as NodeJS.ErrnoException).code ?? String(error) },
      })
    }
  }
  return faults
}

function sentence(said: Said, language: Language): string {
  return oneLine(
    Object.hasOwn(sessionWords, said.key)
      ? say(sessionWords, language, said as Said<keyof typeof sessionWords>)
      : said.key,
  )
}

const isLanguage = (text: string | undefined): text is Language => text === 'en' || text === 'sv' || text === 'fr'

/** The one that was asked for, else that of the shell, else English. */
function languageOf(text: string | undefined, environment: Readonly<Record<string, string | undefined>>): Language {
  if (isLanguage(text)) return text
  const own = (environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '').slice(0, 2)
  return isLanguage(own) ? own : 'en'
}
