/** A mistake as the server tells of it: which field of the body (JSON pointer), and what is wrong with it, in English. */
export interface ToldMistake {
  readonly path: string
  readonly reason: string
}

/** The sentences that are needed, and how they begin in the server's words. */
const sentences: readonly (readonly [RegExp, string])[] = [
  [/^is required$|^must not have fewer than 1 (?:characters|items)$/, 'FIELD_MISSING'],
  [/^must not have more than (\d+) characters$/, 'FIELD_TOO_LONG'],
  [/^must not have fewer than (\d+) characters$/, 'FIELD_TOO_SHORT'],
  [/^must be >= (-?\d+)$/, 'FIELD_TOO_SMALL'],
  [/^must be <= (-?\d+)$/, 'FIELD_TOO_LARGE'],
  [/^has (\d+), which is in use\b/, 'FIELD_NUMBER_IN_USE'],
  [/^has (\S+), which is no address\b/, 'FIELD_NOT_NETWORK'],
  [/^leaves out (\S+), where you are now\b/, 'FIELD_SHUTS_YOU_OUT'],
  [/^must be (?:integer|number)$/, 'FIELD_NOT_NUMBER'],
]

/** What is wrong with a field and what to do about it, in the reader's language; of the rest the hint beside the field knows more. */
export function sayMistake(errors: Readonly<Record<string, string>>, { reason }: ToldMistake): string {
  for (const [pattern, key] of sentences) {
    const found = pattern.exec(reason)
    if (found) return errors[key]!.replace('{n}', found[1] ?? '')
  }
  return errors.FIELD_WRONG!
}

/** Whether a mistake belongs to a field of the form. @param field JSON pointer: what is below it is its own */
export const isAt = (field: string, { path }: ToldMistake): boolean => path === field || path.startsWith(`${field}/`)
