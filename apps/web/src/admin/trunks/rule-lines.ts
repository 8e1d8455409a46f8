import type { RequestOf } from '../../api/api.ts'

type Rules = NonNullable<NonNullable<RequestOf<'createTrunk'>['body']['rewriting']>['calledOut']>
export type Rule = Rules[number]

/** `+46(...) → 0$1 : +46855512345 = 0855512345, +4685 = 085` */
function writeRule({ match, gives, examples }: Rule): string {
  const tested = examples.map((example) => `${example.given} = ${example.gives}`).join(', ')
  return `${match} → ${gives}${tested ? ` : ${tested}` : ''}`
}

/** @returns the rule, or undefined when the line is none; whether it holds, the server says */
export function readRule(line: string): Rule | undefined {
  const match = /^\s*([^\s:→>=-]+)\s*(?:→|->|>)\s*([^\s:]*)\s*(?::(.*))?$/.exec(line)
  if (!match) return undefined
  const [, pattern, gives, tested = ''] = match
  const examples = tested
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => /^([0-9+*#]+)\s*=\s*([0-9+*#]+)$/.exec(part))
  if (examples.some((example) => !example)) return undefined
  return {
    match: pattern!,
    gives: gives!,
    examples: examples.map((example) => ({ given: example![1]!, gives: example![2]! })),
  }
}

const lines = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '')

/** The first line that is no rule. */
export const badRule = (text: string): string | undefined => lines(text).find((line) => readRule(line) === undefined)

export const readRules = (text: string): Rule[] => lines(text).flatMap((line) => readRule(line) ?? [])
export const writeRules = (rules: readonly Rule[] | undefined): string => (rules ?? []).map(writeRule).join('\n')
