import { type Language, say } from '../words/say.ts'
import type { CatalogueChange, Effect } from './catalogue-change.ts'
import { type ChangeKey, changeWords, impactWords } from './change-words.ts'
import { fieldWord } from './field-words.ts'

const headings = { 1: 'step1', 2: 'step2', 3: 'step3', 4: 'step4' } as const
const effects: Readonly<Record<Effect, ChangeKey>> = {
  added: 'new',
  removed: 'gone',
  changed: 'changed',
  widened: 'wider',
  narrowed: 'narrower',
}

/**
 * The changes as a text to read in a terminal or a mail: under each step what is to be done, and for each thing whom it
 * concerns and what it means. What is the same for several requirements stands once.
 */
export function describeChanges(changes: readonly CatalogueChange[], language: Language): string {
  if (changes.length === 0) return `${word(language, 'none')}\n`
  const parts: string[] = []
  for (const step of [1, 2, 3, 4] as const) {
    const own = changes.filter((one) => one.step === step)
    if (own.length === 0) continue
    const groups = together(own, language).map(({ lines, of }) => [...lines, ...of].join('\n'))
    parts.push(`${step}. ${word(language, headings[step])}\n\n${groups.join('\n')}`)
  }
  return `${parts.join('\n\n')}\n`
}

interface Group {
  /** What changed: a line each. */
  lines: string[]
  /** Whom it concerns, and what it means. */
  readonly of: readonly string[]
}

/** Equal changes of several requirements become one line; equal lists of requirements become one group. */
function together(changes: readonly CatalogueChange[], language: Language): readonly Group[] {
  const byLine = new Map<string, string[]>()
  for (const change of changes) {
    const line = `- ${headline(change, language)}`
    const impact = say(impactWords, language, change.impact)
    const of = `    ${isNamed(change) ? impact : `${change.title}. ${impact}`}`
    const known = byLine.get(line) ?? []
    if (!known.includes(of)) known.push(of)
    byLine.set(line, known)
  }
  const groups = new Map<string, Group>()
  for (const [line, of] of byLine) {
    const key = of.join('\n')
    const group = groups.get(key)
    if (group) group.lines.push(line)
    else groups.set(key, { lines: [line], of })
  }
  return [...groups.values()]
}

/** What came or went as a whole, and has no addresses to show, stands by its title already. */
const isNamed = ({ before, after }: CatalogueChange): boolean => before === undefined && after === undefined

function headline(change: CatalogueChange, language: Language): string {
  const what = whatChanged(change, language)
  const about = aboutWhat(change, language)
  const named = about === undefined ? what : `${about}: ${what}`
  const when = whenOf(change, language)
  return when === undefined ? named : `${named}, ${when}`
}

function aboutWhat({ element, field }: CatalogueChange, language: Language): string | undefined {
  if (field === undefined) return undefined
  if (element === 'port') return field.toUpperCase()
  return element === 'field' || element === 'value' ? fieldWord(field, language) : undefined
}

function whatChanged({ element, effect, before, after, title }: CatalogueChange, language: Language): string {
  if (element === 'condition') return word(language, 'appliesElsewhere')
  const [was, is] = [written(before, language), written(after, language)]
  if (effect === 'added' || (was === undefined && is !== undefined))
    return say(changeWords, language, { key: 'new', values: { after: is ?? title } })
  if (effect === 'removed' || is === undefined)
    return say(changeWords, language, { key: 'gone', values: { before: was ?? is ?? title } })
  return say(changeWords, language, { key: effects[effect], values: { before: was ?? '–', after: is } })
}

const written = (text: string | undefined, language: Language): string | undefined =>
  text === 'any' ? word(language, 'any') : text

function whenOf({ openBefore, mayCloseAfter, atOnce, by }: CatalogueChange, language: Language): string | undefined {
  if (openBefore === undefined && mayCloseAfter === undefined) return undefined
  const key = atOnce ? 'sinceVersion' : openBefore === undefined ? 'after' : 'before'
  return say(changeWords, language, { key, values: { by } })
}

const word = (language: Language, key: ChangeKey): string => say(changeWords, language, { key, values: {} })
