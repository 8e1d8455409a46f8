import type { CheckName, CheckResult, FaultOwner, Measured, Outcome, PageFinding, Said } from '@vaxel/site'
import type { Found } from '../found.ts'

/** Parts of the page, in their order. */
export const groups = ['calls', 'range', 'fallback', 'line', 'browser', 'extra'] as const
export type Group = (typeof groups)[number]

/** One line of the page: what was looked at, and what came of it. */
export interface Row {
  readonly id: string
  readonly group: Group
  readonly target: string
  readonly result: CheckResult
}

/** What a conclusion says; the rest of a result follows from what was found. */
export interface Conclusion {
  readonly id: string
  readonly group: Group
  readonly check: CheckName
  readonly target: string
  readonly ids: readonly string[]
  readonly outcome: Outcome
  readonly finding: Said<PageFinding>
  readonly owner?: FaultOwner
  readonly measured?: readonly Measured[]
  readonly sample?: Said<PageFinding>
  readonly evidence?: Readonly<Record<string, string>>
  readonly hasControls?: boolean
  readonly times: { readonly startedAt: string; readonly endedAt: string }
}

/** Where a conclusion rests on an echo, the counter-checks stand beside it, and without them it proves nothing. */
export function toRow(found: Found, conclusion: Conclusion): Row {
  const { id, group, check, target, ids, finding, owner, measured, sample, evidence, times } = conclusion
  const controls = conclusion.hasControls ? controlsOf(found) : undefined
  const isProof = !controls || (controls.knownGood === true && controls.closed === true)
  const outcome = isProof || !decided.includes(conclusion.outcome) ? conclusion.outcome : 'inconclusive'
  const isDoubted = outcome !== conclusion.outcome
  return {
    id,
    group,
    target,
    result: {
      check,
      requirementIds: ids,
      target,
      outcome,
      segment: found.segment,
      startedAt: times.startedAt,
      endedAt: times.endedAt,
      finding: isDoubted ? { key: doubtOf(controls).key, values: {} } : finding,
      ...(measured ? { measured } : {}),
      ...(sample ? { sample } : {}),
      ...(controls ? { controls } : {}),
      ...(outcome === 'pass' ? {} : { faultOwner: isDoubted ? doubtOf(controls).owner : (owner ?? 'unknown') }),
      ...(evidence ? { evidence } : {}),
    },
  }
}

/** Without the controls neither a yes nor a no means anything. */
const decided: readonly Outcome[] = ['pass', 'limit', 'fail']

type Controls = NonNullable<CheckResult['controls']>

function controlsOf(found: Found): Controls {
  // Sound that came back from anywhere shows as well as a loop that this browser can do it.
  const anyEcho =
    found.shared?.reached.kind === 'echo' ||
    Object.values(found.trials).some(({ reached }) => reached.kind === 'echo') ||
    Object.values(found.relays).some((one) => one?.reached.kind === 'echo')
  return {
    knownGood: anyEcho || (found.loop?.works ?? 'not-tested'),
    closed: found.closed?.isSilent ?? 'not-tested',
  }
}

function doubtOf(controls: Controls | undefined): { readonly key: PageFinding; readonly owner: FaultOwner } {
  if (controls?.knownGood !== true) return { key: 'browserMakesNoConnections', owner: 'endpoint' }
  if (controls.closed === false) return { key: 'closedPortAnswered', owner: 'customer-network' }
  return { key: 'closedPortNotTried', owner: 'service' }
}
