import { type Match, protocolBits } from './rule-set.ts'
import { tcpFlags } from './tcp-flags.ts'

/**
 * A condition on the flags of TCP that begins at a word, in the two forms of nft(8): `tcp flags & (fin | syn) == syn` and
 * `tcp flags syn / fin,syn`. Undefined where none of them begins, or what it says of a connection cannot be told.
 */
export function nftTcpFlags(
  words: readonly string[],
  start: number,
): { readonly met: Partial<Match>; readonly next: number } | undefined {
  if (words[start] !== 'tcp' || words[start + 1] !== 'flags') return undefined
  const at = start + 2
  const isMasked = words[at] === '&'
  const mask = isMasked ? flagsAt(words, at + 1) : undefined
  const compared = mask?.next ?? at
  const sign = words[compared] ?? ''
  const isCompared = sign === '==' || sign === '!='
  if (isMasked && !isCompared) return undefined
  const set = flagsAt(words, isCompared ? compared + 1 : compared)
  if (!set) return undefined
  const after = isMasked
    ? { flags: mask!.flags, next: set.next }
    : words[set.next] === '/' && flagsAt(words, set.next + 1)
  if (!after) return undefined
  const met = tcpFlags(after.flags, set.flags, sign === '!=')
  return met && { met: { ...met, protocols: protocolBits.tcp }, next: after.next }
}

/** `syn`, `fin,syn`, `fin | syn`, each in brackets too, or `0x0`. */
function flagsAt(
  words: readonly string[],
  start: number,
): { readonly flags: readonly string[]; readonly next: number } | undefined {
  const isBracketed = words[start] === '('
  const flags: string[] = []
  let at = isBracketed ? start + 1 : start
  for (;;) {
    const word = words[at] ?? ''
    if (!/^(fin|syn|rst|psh|ack|urg|0x0+|0)$/.test(word)) return undefined
    if (!word.startsWith('0')) flags.push(word.toUpperCase())
    at += 1
    if (words[at] !== ',' && words[at] !== '|') break
    at += 1
  }
  if (!isBracketed) return { flags, next: at }
  return words[at] === ')' ? { flags, next: at + 1 } : undefined
}
