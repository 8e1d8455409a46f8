/** One character of a number, or all that are left. */
type Element =
  | { readonly kind: 'literal'; readonly character: string }
  | { readonly kind: 'digit' }
  | { readonly kind: 'rest' }

/** A pattern of numbers, taken apart. */
export interface NumberPattern {
  readonly elements: readonly Element[]
  /** What each pair of brackets holds: from this element up to, not including, that one. */
  readonly kept: readonly (readonly [from: number, to: number])[]
}

const mostKept = 9

/**
 * Reads a pattern. Digits, `+`, `*` and `#` stand for themselves, `X` for any one digit, `...` at the end for whatever follows, also
 * nothing. What is in round brackets is kept as `$1`, `$2` and so on. Matching takes one look at each character: a pattern from one
 * company cannot hold up the others, as a regular expression could.
 * @returns the pattern, or what is wrong with it
 * @example parsePattern('00(...)') // 00, then anything, which is kept
 */
export function parsePattern(text: string): NumberPattern | string {
  const elements: Element[] = []
  const kept: [number, number][] = []
  let openedAt: number | undefined
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!
    if (elements.at(-1)?.kind === 'rest' && character !== ')') return 'has something behind ..., which must be last'
    if (character === '(') {
      if (openedAt !== undefined) return 'has brackets within brackets'
      openedAt = elements.length
    } else if (character === ')') {
      if (openedAt === undefined) return 'has a ) without a ('
      if (kept.push([openedAt, elements.length]) > mostKept) return `keeps more than ${mostKept} parts`
      openedAt = undefined
    } else if (text.startsWith('...', i)) {
      elements.push({ kind: 'rest' })
      i += 2
    } else if (character === 'X' || character === 'x') elements.push({ kind: 'digit' })
    else if (/[0-9+*#]/.test(character)) elements.push({ kind: 'literal', character })
    else
      return `has the character ${character}, which no pattern knows: digits, + * #, X for a digit, ( ), ... at the end`
  }
  if (openedAt !== undefined) return 'has a ( without a )'
  if (elements.length === 0) return 'is empty'
  return { elements, kept }
}

/** @returns what was kept, in order; undefined when the number does not match */
export function matchPattern({ elements, kept }: NumberPattern, number: string): readonly string[] | undefined {
  const hasRest = elements.at(-1)?.kind === 'rest'
  const exact = hasRest ? elements.length - 1 : elements.length
  if (hasRest ? number.length < exact : number.length !== exact) return undefined
  for (let i = 0; i < exact; i++) {
    const element = elements[i]!
    const character = number[i]!
    if (element.kind === 'literal' ? element.character !== character : !/[0-9]/.test(character)) return undefined
  }
  return kept.map(([from, to]) => number.slice(from, hasRest && to === elements.length ? undefined : to))
}

/** @returns what is wrong with what a pattern is to give, or undefined */
export function badReplacement({ kept }: NumberPattern, gives: string): string | undefined {
  const unknown = /[^0-9+*#$]/.exec(gives.replaceAll(/\$[1-9]/g, ''))
  if (unknown) return `has the character ${unknown[0]}: only digits, + * # and $1 to $9 are known`
  for (const [, place] of gives.matchAll(/\$(.?)/g)) {
    if (!place || !/[1-9]/.test(place)) return 'has a $ without a number behind it'
    if (Number(place) > kept.length) return `names $${place}, and the pattern keeps ${kept.length || 'no'} parts`
  }
  return undefined
}

export function replaceBy(gives: string, kept: readonly string[]): string {
  return gives.replaceAll(/\$([1-9])/g, (_, place: string) => kept[Number(place) - 1] ?? '')
}
