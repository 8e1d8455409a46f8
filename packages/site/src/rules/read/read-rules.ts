import { readCsvRules } from './read-csv.ts'
import { readIptables } from './read-iptables.ts'
import { readNft } from './read-nft.ts'
import { readNftJson } from './read-nft-json.ts'
import type { RuleFormat, RuleSet } from './rule-set.ts'

/** Longest text that is read, characters. */
const mostChars = 64_000_000

/**
 * Reads a rule set. Never throws for what the text holds: what is not understood is listed with its line.
 * nftables is read as text and as `nft -j list ruleset` prints it.
 */
export function readRules(text: string, format: RuleFormat): RuleSet {
  const given = text.startsWith('\ufeff') ? text.slice(1) : text
  if (given.length > mostChars) {
    const said = { key: 'notText', values: { reason: 'it is longer than 64 million characters' } } as const
    return {
      format,
      chains: new Map(),
      unclear: [{ line: 1, text: '', said, matters: true }],
      remembersConnections: true,
      ruleCount: 0,
    }
  }
  if (format === 'csv') return readCsvRules(given)
  if (format === 'iptables-save') return readIptables(given)
  return /^\s*\{\s*"/.test(given) ? readNftJson(given) : readNft(given)
}

/** What a text looks like; a guess by its first telling line. */
export function guessRuleFormat(text: string): RuleFormat {
  for (const line of text.slice(0, 100_000).split('\n')) {
    const plain = line.trim()
    if (/^(\*(filter|nat|mangle|raw|security)\b|-[46AI] |:[A-Z]+ |(sudo )?ip6?tables )/.test(plain))
      return 'iptables-save'
    if (/^(table|flush|add|define|include|insert) |^\{/.test(plain)) return 'nftables'
    if (
      /[,;\t]/.test(plain) &&
      /\b(from|to|source|destination|protocol|ports?|src|dst)\b/i.test(plain) &&
      !plain.startsWith('#')
    )
      return 'csv'
  }
  return 'nftables'
}
