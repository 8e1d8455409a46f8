import { toE164 } from '../numbering/phone-number-library.ts'
import type { Party } from '../ports/call-ledger.ts'

/**
 * Kinds of callers. `colleague`: of the same company. `outside`: everybody else. `contact`: from outside, and known to the person or
 * the company by name. `stranger`: from outside with a number that nobody here knows. `withheld`: without a number.
 */
export type CallerKind = 'colleague' | 'outside' | 'contact' | 'stranger' | 'withheld'

export const callerKinds: readonly CallerKind[] = ['colleague', 'outside', 'contact', 'stranger', 'withheld']

/** Callers, by any of these. An empty list has nobody. */
export interface CallerList {
  /** Extensions and numbers, in any form that people write them. */
  readonly numbers?: readonly string[]
  /** Beginnings of numbers: `+4611`, or `2` for extensions. */
  readonly prefixes?: readonly string[]
  readonly kinds?: readonly CallerKind[]
}

/** Who calls, and what is known of them. */
export interface CallerSeen {
  readonly caller: Party | undefined
  /** ISO 3166-1 alpha-2; how national numbers are read. */
  readonly country: string
  /** Whether the number is among the contacts of the person whose list it is; undefined = not known. */
  readonly isContact?: boolean | undefined
}

/** The number of who withholds it. */
export const withheldNumber = 'anonymous'

/** Whether a caller is on a list. */
export function isListed(list: CallerList, seen: CallerSeen): boolean {
  const { caller, country } = seen
  if (list.kinds?.some((kind) => isOfKind(kind, seen))) return true
  if (!caller || caller.number === withheldNumber) return false
  return (
    isAmong(list.numbers ?? [], caller, country) ||
    (list.prefixes ?? []).some((prefix) => caller.number.startsWith(prefix))
  )
}

/** Whether a caller has one of these numbers, however they are written. */
export function isAmong(numbers: readonly string[], caller: Party, country: string): boolean {
  if (numbers.length === 0) return false
  const asOne = (number: string): string => toE164(number, country) ?? number
  return numbers.some((number) => number === caller.number || asOne(number) === asOne(caller.number))
}

function isOfKind(kind: CallerKind, { caller, isContact }: CallerSeen): boolean {
  const isWithheld = !caller || caller.number === withheldNumber
  const isOutside = !isWithheld && caller.userId === undefined
  switch (kind) {
    case 'colleague':
      return caller?.userId !== undefined
    case 'outside':
      return isWithheld || isOutside
    case 'contact':
      return isOutside && isContact === true
    case 'stranger':
      return isOutside && isContact === false
    case 'withheld':
      return isWithheld
  }
}
