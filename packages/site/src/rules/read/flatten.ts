import { anyPacket, both, type Chain, type Match, type RuleSet } from './rule-set.ts'

/** A rule as it is met on the way from a base chain, jumps followed. The first that applies decides. */
export interface FlatRule {
  readonly line: number
  readonly text: string
  readonly match: Match
  /** `skip`: goes on at the rule with the number `target`, as `return` does. */
  readonly action: 'accept' | 'drop' | 'skip' | 'perhaps'
  readonly target: number
}

export interface FlatChain {
  readonly chain: Chain
  readonly rules: readonly FlatRule[]
  /** Jumps in a circle or too many: the list is cut, and nothing can be told for sure. */
  readonly cut: boolean
}

const mostRules = 1_000_000
/** The kernel's own limit of jumps within jumps. */
const mostDepth = 16

/** Follows jumps and gotos, each with the conditions under which it is taken. */
export function flatten(ruleSet: RuleSet, base: Chain): FlatChain {
  const rules: { line: number; text: string; match: Match; action: FlatRule['action']; target: number }[] = []
  let cut = false
  const walk = (chain: Chain, under: Match, depth: number): void => {
    const leaving: { target: number }[] = []
    for (const rule of chain.rules) {
      if (rules.length >= mostRules) {
        cut = true
        break
      }
      const match = both(under, rule.match)
      if (!match) continue
      const { line, text, verdict } = rule
      if (verdict.kind === 'accept' || verdict.kind === 'drop' || verdict.kind === 'perhaps')
        rules.push({ line, text, match, action: verdict.kind, target: 0 })
      else if (verdict.kind === 'return') {
        const skip = { line, text, match, action: 'skip' as const, target: 0 }
        rules.push(skip)
        leaving.push(skip)
      } else if (verdict.kind === 'jump' || verdict.kind === 'goto') {
        const called = ruleSet.chains.get(verdict.chain)
        if (!called) {
          if (depth < mostDepth) rules.push({ line, text, match, action: 'perhaps', target: 0 })
        } else if (depth >= mostDepth) cut = true
        else walk(called, match, depth + 1)
        if (verdict.kind === 'goto') {
          const skip = { line, text, match, action: 'skip' as const, target: 0 }
          rules.push(skip)
          leaving.push(skip)
        }
      }
    }
    for (const skip of leaving) skip.target = rules.length
  }
  walk(base, anyPacket, 0)
  return { chain: base, rules, cut }
}
