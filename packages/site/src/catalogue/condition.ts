/** What is known of a site, flat: `option.teamsVoice`, `people.softphone`, `connection`; a fact that is not there is false, 0 or ''. */
export type Facts = Readonly<Record<string, boolean | number | string>>

/**
 * When a requirement applies: an expression over the facts of a site, as data, so that a catalogue in a file can carry it
 * and nothing of a file is ever run.
 * @example { all: [{ fact: 'option.exchange', is: 'on-premise' }, { fact: 'people.total', atLeast: 1 }] }
 */
export type Condition =
  | 'always'
  /** True or above zero or a text that is not empty. */
  | { readonly fact: string }
  | { readonly fact: string; readonly is: boolean | number | string }
  | { readonly fact: string; readonly atLeast: number }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }

/** Whether a condition is met; total, pure, and linear in the size of the condition. */
export function isMet(condition: Condition, facts: Facts): boolean {
  if (condition === 'always') return true
  if ('all' in condition) return condition.all.every((part) => isMet(part, facts))
  if ('any' in condition) return condition.any.some((part) => isMet(part, facts))
  if ('not' in condition) return !isMet(condition.not, facts)
  const value = Object.hasOwn(facts, condition.fact) ? facts[condition.fact] : undefined
  if ('is' in condition) return (value ?? emptyLike(condition.is)) === condition.is
  if ('atLeast' in condition) return typeof value === 'number' && value >= condition.atLeast
  return Boolean(value)
}

const emptyLike = (value: boolean | number | string): boolean | number | string =>
  typeof value === 'boolean' ? false : typeof value === 'number' ? 0 : ''

/** Every fact that a condition looks at, once, in its order. */
export function factsOf(condition: Condition): readonly string[] {
  const found = new Set<string>()
  const walk = (part: Condition): void => {
    if (part === 'always') return
    if ('all' in part) part.all.forEach(walk)
    else if ('any' in part) part.any.forEach(walk)
    else if ('not' in part) walk(part.not)
    else found.add(part.fact)
  }
  walk(condition)
  return [...found]
}
