import type { Words } from '../words/words.ts'
import type { StepParams } from './step-params.ts'

interface Told {
  readonly code: string
  readonly params: StepParams
}

type HistoryWords = Pick<Words['history'], 'steps' | 'verdicts' | 'advice'>

const lookUp = <T>(table: object, key: string): T | undefined =>
  Object.hasOwn(table, key) ? (table as Readonly<Record<string, T>>)[key] : undefined

type Sentence = (about: StepParams) => string

/** Endings after people talked are told alike, whoever hung up. */
const talked = new Set(['caller-hung-up', 'callee-hung-up', 'hung-up'])

/** Endings that nobody chose say what happened, as the verdict does. */
const lost = ['connection-lost', 'media-timeout', 'session-expired', 'peer-lost'] as const

/** A step in words; undefined for one that adds nothing. */
export function stepText(
  { steps, verdicts }: Pick<HistoryWords, 'steps' | 'verdicts'>,
  { code, params }: Told,
): string | undefined {
  const exact = lookUp<Sentence>(steps, code)
  if (exact) return exact(params)
  const [group, rest = ''] = splitOnce(code)
  const ending = lost.find((one) => one === rest)
  if (group === 'ended' && ending) return verdicts[ending](params)
  if (group === 'ended') return talked.has(rest) ? steps['ended.talked'](params) : steps['ended.other']()
  if (group === 'left') return steps['left.other'](params)
  // A decision of a newer server: it says so in English, if at all.
  return params.text === undefined ? undefined : String(params.text)
}

export function verdictText({ verdicts }: HistoryWords, { code, params }: Told): string {
  return (lookUp<Sentence>(verdicts, code) ?? verdicts.other)(params)
}

export function adviceText({ advice }: HistoryWords, code: string | undefined): string | undefined {
  return code === undefined ? undefined : lookUp<string>(advice, code)
}

function splitOnce(code: string): [group: string, rest?: string] {
  const dot = code.indexOf('.')
  return dot < 0 ? [code] : [code.slice(0, dot), code.slice(dot + 1)]
}
