import { Evaluator } from './evaluate.ts'
import { flatten } from './flatten.ts'
import type { Chain, Hook, RuleSet } from './rule-set.ts'

/** Where a packet passes: through a router's forward chains, or through those of a machine that is one end itself. */
export interface Paths {
  readonly kind: 'router' | 'host' | 'part'
  /** Chains that meet what goes out, and what comes in; the same ones on a router. */
  readonly out: readonly Evaluator[]
  readonly in: readonly Evaluator[]
}

const order: readonly Hook[] = ['prerouting', 'input', 'forward', 'output', 'postrouting']

/** The base chains in the order in which a packet meets them; undefined when nothing here decides about traffic. */
export function pathsOf(ruleSet: RuleSet): Paths | undefined {
  const chains = [...ruleSet.chains.values()]
  const hooked = chains.filter((chain) => chain.hook !== undefined && decides(chain))
  const evaluators = new Map<Chain, Evaluator>()
  const through = (hooks: readonly Hook[]): readonly Evaluator[] =>
    hooked
      .filter(({ hook }) => hooks.includes(hook!))
      .sort((a, b) => order.indexOf(a.hook!) - order.indexOf(b.hook!) || a.priority - b.priority)
      .map((chain) => {
        const known = evaluators.get(chain) ?? new Evaluator(flatten(ruleSet, chain))
        evaluators.set(chain, known)
        return known
      })
  if (hooked.some(({ hook }) => hook === 'forward')) {
    const both = through(['prerouting', 'forward', 'postrouting'])
    return { kind: 'router', out: both, in: both }
  }
  if (hooked.length > 0)
    return { kind: 'host', out: through(['output', 'postrouting']), in: through(['prerouting', 'input']) }
  const called = new Set(
    chains.flatMap(({ rules }) =>
      rules.flatMap(({ verdict }) => (verdict.kind === 'jump' || verdict.kind === 'goto' ? [verdict.chain] : [])),
    ),
  )
  const roots = chains.filter((chain) => chain.rules.length > 0 && !called.has(chain.key))
  if (roots.length === 0) return undefined
  const part = roots.map((chain) => new Evaluator(flatten(ruleSet, { ...chain, policy: 'drop' })))
  return { kind: 'part', out: part, in: part }
}

/** A chain of iptables that is there with no rule and lets everything pass says nothing. */
const decides = ({ rules, policy, hook }: Chain): boolean => rules.length > 0 || policy === 'drop' || hook === 'forward'
