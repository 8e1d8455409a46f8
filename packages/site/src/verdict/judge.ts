import type { Requirement } from '../catalogue/requirement.ts'
import type { CheckResult, FaultOwner } from './check-result.ts'
import type { Judgement, Loss } from './site-report.ts'

/** Evidence older than this proves nothing about today. */
const freshForDays = 90
const dayMs = 86_400_000

/** From what hurts most to what only has to be known. */
const bySeverity: readonly Loss['outcome'][] = ['fail', 'limit', 'inconclusive', 'stale', 'not-tested']

export interface JudgeOptions {
  readonly nowMs: number
  /** Parts of the site that must each be proven; empty: whatever was tested. */
  readonly segments?: readonly string[]
}

/**
 * What the results mean for the requirements that apply to a site. A requirement is proven when every segment has a
 * passing result for each of its checks; one failing required requirement makes the site not ready, and nothing is ever
 * green because it was not looked at.
 */
export function judge(
  requirements: readonly Requirement[],
  results: readonly CheckResult[],
  { nowMs, segments = [] }: JudgeOptions,
): Judgement {
  const places = segments.length > 0 ? segments : [...new Set(results.map(({ segment }) => segment))]
  const losses: Loss[] = []
  let required = 0
  let proven = 0
  let cannotBeProvenHere = 0
  let worst: 'ready' | 'ready-with-limits' | 'not-proven' | 'not-ready' = 'ready'
  for (const requirement of requirements) {
    if (requirement.checks.length === 0) {
      cannotBeProvenHere += 1
      continue
    }
    const isRequired = requirement.level !== 'optional'
    const found = stateOf(requirement, results, places, nowMs)
    if (found.outcome === 'not-applicable') continue
    if (isRequired) required += 1
    if (found.outcome === 'pass') {
      if (isRequired) proven += 1
      continue
    }
    losses.push({
      requirementId: requirement.id,
      title: requirement.title,
      lost: requirement.lostIfMissing,
      outcome: found.outcome,
      who: found.who,
      segments: found.segments,
    })
    worst = worseOf(worst, verdictOf(found.outcome, isRequired))
  }
  // Nothing to prove is not the same as everything proven.
  const verdict = required === 0 && worst === 'ready' ? 'not-proven' : worst
  losses.sort((a, b) => bySeverity.indexOf(a.outcome) - bySeverity.indexOf(b.outcome))
  return { verdict, coverage: { required, proven, cannotBeProvenHere }, losses }
}

const order = ['ready', 'ready-with-limits', 'not-proven', 'not-ready'] as const
type Order = (typeof order)[number]
const worseOf = (a: Order, b: Order): Order => (order.indexOf(a) >= order.indexOf(b) ? a : b)

function verdictOf(outcome: Loss['outcome'], isRequired: boolean): Order {
  if (!isRequired) return outcome === 'not-tested' ? 'ready' : 'ready-with-limits'
  if (outcome === 'fail') return 'not-ready'
  if (outcome === 'limit') return 'ready-with-limits'
  return 'not-proven'
}

interface State {
  readonly outcome: 'not-applicable' | 'pass' | Loss['outcome']
  readonly who: FaultOwner
  readonly segments: readonly string[]
}

/** The worst of all checks in all segments; a check without any result was not tested. */
function stateOf(
  { id, checks }: Requirement,
  results: readonly CheckResult[],
  places: readonly string[],
  nowMs: number,
): State {
  let outcome: State['outcome'] = 'not-applicable'
  let who: FaultOwner = 'unknown'
  let where: string[] = []
  const note = (next: State['outcome'], owner: FaultOwner, segment: string): void => {
    const rank = rankOf(next)
    if (rank > rankOf(outcome)) {
      outcome = next
      who = owner
      where = [segment]
    } else if (rank === rankOf(outcome) && rank > rankOf('pass') && !where.includes(segment)) where.push(segment)
  }
  for (const segment of places.length > 0 ? places : ['']) {
    for (const check of checks) {
      const own = results.filter(
        (one) => one.check === check && one.segment === segment && one.requirementIds.includes(id),
      )
      if (own.length === 0) note('not-tested', 'unknown', segment)
      for (const one of own) note(counted(one, nowMs), one.faultOwner ?? 'unknown', segment)
    }
  }
  return { outcome, who, segments: where }
}

function rankOf(outcome: State['outcome']): number {
  if (outcome === 'not-applicable') return 0
  return outcome === 'pass' ? 1 : 1 + bySeverity.length - bySeverity.indexOf(outcome)
}

/** What a result counts as today: a pass whose controls failed is inconclusive, an old one is stale. */
function counted(result: CheckResult, nowMs: number): State['outcome'] {
  const { outcome, controls } = result
  if (nowMs - Date.parse(result.endedAt) > freshForDays * dayMs) return 'stale'
  if (outcome === 'pass' || outcome === 'limit')
    return controls && (controls.knownGood === false || controls.closed === false) ? 'inconclusive' : outcome
  return outcome
}
