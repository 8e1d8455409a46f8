import type { NameAddress } from '@vaxel/sip'
import { dialledOf } from './dialled.ts'

/**
 * The number or name to which a telephone redirects a call: that of the Contact it wants most which names one, the first of equals
 * (RFC 3261 §8.1.3.4, §20.10).
 * @param isElsewhere whether a host is a domain of another company here, whose inner numbers are not called
 * @returns undefined where no Contact names anybody
 */
export function redirectedTo(
  contacts: readonly NameAddress[],
  isElsewhere: (host: string) => boolean,
): string | undefined {
  const sorted = contacts.toSorted((a, b) => preferenceOf(b) - preferenceOf(a))
  for (const { uri } of sorted) {
    const number = isElsewhere(uri.host) ? undefined : dialledOf(uri)
    if (number !== undefined) return number
  }
  return undefined
}

/** `q` of a Contact, 0 to 1; what is none counts as absent, which is 1. */
function preferenceOf({ parameters }: NameAddress): number {
  const q = parameters.get('q') ?? ''
  return /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(q) ? Number(q) : 1
}
