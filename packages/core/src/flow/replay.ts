import { exitsOf } from './exits.ts'
import type { Flow, FlowNode } from './flow.ts'
import type { CompiledFlow } from './flow-state.ts'
import { type FlowGiven, isSameLanding, type KnownExit, type Landing, simulateFlow } from './simulate.ts'

/** What the timeline of a call tells of one node. */
export interface PassedNode {
  readonly nodeId: string
  readonly exit?: string
  readonly keys?: string
}

/** A call that was. */
export interface PastCall {
  readonly given: Omit<FlowGiven, 'exitThen'>
  /** Where it landed. */
  readonly was: Landing
  /** Nodes that it passed, in order; none when it was no flow's. */
  readonly passed: readonly PassedNode[]
  /** The version that it passed them in. */
  readonly version?: Flow
}

/**
 * Where a call of the past would land in a flow. What cannot be known by the clock and the caller's number (keys, presence, answers) is as it was
 * then, wherever the same is asked of the same.
 * @returns undefined when it lands where it did
 */
export function replayCall(flow: CompiledFlow, { given, was, passed, version }: PastCall): Landing | undefined {
  const exitThen = knownExits(version, passed)
  const { landing } = simulateFlow(flow, { ...given, exitThen })
  return isSameLanding(was, landing) ? undefined : landing
}

/** How each node was left, once for each time. */
function knownExits(version: Flow | undefined, passed: readonly PassedNode[]): NonNullable<FlowGiven['exitThen']> {
  const left = new Map<string, KnownExit[]>()
  for (const { nodeId, exit, keys } of passed) {
    if (exit === undefined) continue
    const known = { exit, ...(keys === undefined ? {} : { keys }) }
    left.set(nodeId, [...(left.get(nodeId) ?? []), known])
  }
  const before = new Map(version?.nodes.map((node) => [node.id, node]))
  return (node) => {
    const then = before.get(node.id)
    const known = left.get(node.id)?.[0]
    if (!then || !known || !asksTheSame(then, node) || !exitsOf(node).includes(known.exit)) return undefined
    left.get(node.id)?.shift()
    return known
  }
}

/** Whether what somebody did at one node holds for another: it asks the same of the same. */
function asksTheSame(then: FlowNode, now: FlowNode): boolean {
  if (then.kind !== now.kind) return false
  switch (now.kind) {
    case 'menu':
    case 'collect':
      return true
    case 'presence':
      return then.kind === 'presence' && then.userId === now.userId
    case 'spend':
    case 'variable':
    case 'lookup':
    case 'ring':
    case 'queue':
    case 'voicemail':
    case 'forward':
      return questionOf(then) === questionOf(now)
    default:
      return false
  }
}

const questionOf = ({ id: _, name: __, at: ___, exits: ____, ...question }: FlowNode): string =>
  JSON.stringify(question)

/** Where a call of the past landed in the version that took it, as its timeline tells: whoever left before is followed as if they had pressed nothing more. */
export function landingThen(version: CompiledFlow, { given, passed }: Pick<PastCall, 'given' | 'passed'>): Landing {
  return simulateFlow(version, { ...given, exitThen: knownExits(version, passed) }).landing
}
