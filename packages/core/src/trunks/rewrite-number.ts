import type { Mistake } from '@vaxel/base'
import type { NumberRewriting, NumberRule } from '../ports/trunk.ts'
import { badReplacement, matchPattern, type NumberPattern, parsePattern, replaceBy } from './number-pattern.ts'

const patterns = new Map<string, NumberPattern | string>()
const patternsKept = 10_000

/** Trunks have few patterns, and each is asked for in every call. */
function patternOf(text: string): NumberPattern | string {
  const known = patterns.get(text)
  if (known !== undefined) return known
  if (patterns.size >= patternsKept) patterns.clear()
  const parsed = parsePattern(text)
  patterns.set(text, parsed)
  return parsed
}

/** What a number became, and by which rule of the list. */
export interface Rewritten {
  readonly number: string
  /** Place in the list, from 0; absent: no rule matched. */
  readonly rule?: number
}

/**
 * Applies the first rule that matches. Pure.
 * @example rewriteNumber([{ match: '00(...)', gives: '+$1', examples: [] }], '0046855512345') // { number: '+46855512345', rule: 0 }
 */
export function rewriteNumber(rules: readonly NumberRule[] | undefined, number: string): Rewritten {
  for (const [index, { match, gives }] of (rules ?? []).entries()) {
    const pattern = patternOf(match)
    const kept = typeof pattern === 'string' ? undefined : matchPattern(pattern, number)
    if (kept) return { number: replaceBy(gives, kept), rule: index }
  }
  return { number }
}

/** Which lists of a trunk there are. */
const rewritingLists = ['calledOut', 'callingOut', 'calledIn', 'callingIn'] as const

/**
 * Everything that is wrong with a trunk's rules: patterns that cannot be read, rules without an example, examples that the whole
 * list makes something else of (so that a rule that stands before in the way is found too).
 * @param at path of the rewriting in what was sent
 */
export function rewritingMistakes(rewriting: NumberRewriting, at = '/rewriting'): Mistake[] {
  const mistakes: Mistake[] = []
  for (const list of rewritingLists) {
    const rules = rewriting[list] ?? []
    const unreadable = rules.flatMap((rule, i) => ruleMistakes(rule, `${at}/${list}/${i}`))
    mistakes.push(...unreadable)
    if (unreadable.length > 0) continue
    for (const [i, rule] of rules.entries())
      for (const [j, example] of rule.examples.entries()) {
        const { number, rule: applied } = rewriteNumber(rules, example.given)
        if (number === example.gives && applied === i) continue
        mistakes.push({ path: `${at}/${list}/${i}/examples/${j}`, reason: whatHappened(example, number, applied, i) })
      }
  }
  return mistakes
}

function ruleMistakes({ match, gives, examples }: NumberRule, path: string): Mistake[] {
  const pattern = parsePattern(match)
  if (typeof pattern === 'string') return [{ path: `${path}/match`, reason: pattern }]
  const bad = badReplacement(pattern, gives)
  if (bad) return [{ path: `${path}/gives`, reason: bad }]
  return examples.length > 0
    ? []
    : [{ path: `${path}/examples`, reason: 'is empty: each rule needs a number to be tested with' }]
}

function whatHappened(
  { given, gives }: NumberRule['examples'][number],
  number: string,
  applied: number | undefined,
  expected: number,
): string {
  if (applied === undefined) return `${given} matches no rule of the list, so it does not become ${gives}`
  if (applied !== expected)
    return `${given} is taken by rule ${applied + 1}, which stands before, and becomes ${number}`
  return `${given} becomes ${number}, not ${gives}`
}
