import type { Match } from './rule-set.ts'

const all = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG']
/** Flags of the packet that begins a connection, and of those that follow in any that works (RFC 9293 §3.5, §3.6, §3.10.7). */
const first: readonly string[] = ['SYN']
const following: readonly (readonly string[])[] = [
  ['SYN', 'ACK'],
  ['ACK'],
  ['PSH', 'ACK'],
  ['FIN', 'ACK'],
  ['FIN', 'PSH', 'ACK'],
]

/**
 * What a condition on TCP's flags says of a connection's packets. Undefined when it holds for some that follow the first only.
 * @param mask flags that are looked at, `ALL` for all, `NONE`
 * @param set those of them that must be set; the others must not be
 */
export function tcpFlags(
  mask: readonly string[],
  set: readonly string[],
  negated: boolean,
): Pick<Match, 'fresh' | 'established'> | undefined {
  const looked = flagsOf(mask)
  const wanted = flagsOf(set)
  if (!looked || !wanted) return undefined
  const meets = (flags: readonly string[]): boolean =>
    looked.every((flag) => flags.includes(flag) === wanted.includes(flag)) !== negated
  const met = following.filter(meets).length
  if (met > 0 && met < following.length) return undefined
  return { fresh: meets(first), established: met > 0 }
}

function flagsOf(words: readonly string[]): readonly string[] | undefined {
  const flags = words.flatMap((word) => (word === 'ALL' ? all : word === 'NONE' ? [] : [word]))
  return flags.every((flag) => all.includes(flag)) ? flags : undefined
}
