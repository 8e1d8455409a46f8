import type { Flow, FlowNode } from './flow.ts'
import type { CompiledFlow } from './flow-state.ts'
import { exitsOf } from './exits.ts'
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
  const left = new Map<string, KnownExit[]>()
  for (const { nodeId, exit, keys } of passed)
    if (exit !== undefined)
      left.set(nodeId, [...(left.get(nodeId) ?? []), { exit, ...(keys === undefined ? {} : { keys }) }])
  const before = new Map(version?.nodes.map((node) => [node.id, node]))
  const exitThen = (node: FlowNode): KnownExit | undefined => {
    const then = before.get(node.id)
    if (!then || !asksTheSame(then, node)) return undefined
    const known = left.get(node.id)?.[0]
    if (!known || !exitsOf(node).includes(known.exit)) return undefined
    left.get(node.id)?.shift()
    return known
  }
  const { landing } = simulateFlow(flow, { ...given, exitThen })
  return isSameLanding(was, landing) ? undefined : landing
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
