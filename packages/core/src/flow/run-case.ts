import type { CompiledFlow } from './flow-state.ts'
import { type FlowGiven, type FlowPath, type LandingKind, simulateFlow } from './simulate.ts'

/** What a kept case expects of a call. */
export interface FlowExpected {
  readonly landing: { readonly kind: LandingKind; readonly target: string }
  /** Nodes that it must pass, in any order. */
  readonly passes?: readonly string[]
}

export interface CaseResult {
  readonly path: FlowPath
  readonly hasLanded: boolean
  /** Nodes that it was to pass and did not. */
  readonly missed: readonly string[]
}

/** Tries a kept case. */
export function runCase(flow: CompiledFlow, given: FlowGiven, { landing, passes = [] }: FlowExpected): CaseResult {
  const path = simulateFlow(flow, given)
  const passed = new Set([...path.steps.map(({ nodeId }) => nodeId), path.landing.nodeId])
  return {
    path,
    hasLanded: path.landing.kind === landing.kind && path.landing.target === landing.target,
    missed: passes.filter((id) => !passed.has(id)),
  }
}
