import type { Language } from '../../ports/directory.ts'
import type { Finding } from '../check/finding.ts'
import type { Difference } from '../diff-flows.ts'
import type { FlowNodeKind } from '../flow.ts'
import type { FlowNote } from '../flow-state.ts'
import type { Landing } from '../simulate.ts'
import { en } from './en.ts'
import type { DecisionCode, FlowWords, WordParams } from './flow-words.ts'
import { fr } from './fr.ts'
import { sv } from './sv.ts'

/** What is said about flows, by language. */
export const flowWords: Readonly<Record<Language, FlowWords>> = { en, sv, fr }

/** What people call an exit: the word of a named one, the key of a menu. */
const exitWord = (words: FlowWords, exit: string): string => words.exits[exit] ?? words.key({ exit })

/** The name of a node, or the word for its kind where it has none. */
const nodeWord = (words: FlowWords, name: unknown, kind: unknown): string =>
  name === '' || name === undefined ? (words.kinds[kind as FlowNodeKind] ?? String(kind)) : String(name)

/** What is the matter, as a sentence. */
export function sayFinding({ code, params }: Finding, language: Language): string {
  const words = flowWords[language]
  const exit: WordParams = params.exit === undefined ? {} : { exit: exitWord(words, String(params.exit)) }
  return words.findings[code]({ ...params, ...exit, node: nodeWord(words, params.node, params.kind) })
}

/** What a node decided, as a sentence. */
export function sayNote({ code, params }: Pick<FlowNote, 'code' | 'params'>, language: Language): string {
  const words = flowWords[language]
  const known: WordParams = {
    ...params,
    ...(params.weekday === undefined ? {} : { day: words.weekdays[Number(params.weekday) - 1] ?? '' }),
    ...(params.state === undefined ? {} : { state: words.states[String(params.state)] ?? params.state }),
    ...(params.language === undefined ? {} : { language: words.languages[String(params.language)] ?? params.language }),
    ...(params.match === undefined ? {} : { match: words.matches[String(params.match)]?.(params) ?? params.match }),
  }
  return words.decisions[code as DecisionCode]?.(known) ?? code
}

/** Where a call comes to: the rest of a sentence that begins with "the call". */
export const sayLanding = ({ kind, name }: Landing, language: Language): string =>
  flowWords[language].landings[kind]({ name })

/** One difference between two flows. */
export function sayDifference({ kind, params }: Difference, language: Language): string {
  const words = flowWords[language]
  const place = (name: string, nodeKind: string) => ({
    [name]: nodeWord(words, params[name], params[nodeKind] ?? params.kind),
  })
  return words.differences[kind]({
    ...params,
    ...place('node', 'kind'),
    ...(params.exit === undefined ? {} : { exit: exitWord(words, String(params.exit)) }),
    ...(params.field === undefined ? {} : { field: words.fields[String(params.field)] ?? params.field }),
    ...(params.beforeKind === undefined ? {} : place('before', 'beforeKind')),
    ...(params.afterKind === undefined ? {} : place('after', 'afterKind')),
    ...(params.before === undefined && params.beforeKind === undefined ? { before: words.fields.nowhere! } : {}),
    ...(params.after === undefined && params.afterKind === undefined ? { after: words.fields.nowhere! } : {}),
  })
}
