import { isTimeZone } from '@vaxel/base'
import type { Flow } from '../flow.ts'
import { checkGraph } from './check-graph.ts'
import { checkNode } from './check-node.ts'
import { checkVariables } from './check-variables.ts'
import type { CheckSurroundings, Finding } from './finding.ts'

/**
 * Everything that is the matter with a flow, errors first. A flow without errors ends every call in a way that somebody has drawn,
 * as long as callers do not stay longer than it lets them.
 */
export function checkFlow(flow: Flow, around: CheckSurroundings): readonly Finding[] {
  const findings: Finding[] = [
    ...(isTimeZone(flow.timeZone)
      ? []
      : [{ severity: 'error', code: 'time-zone-unknown', params: { zone: flow.timeZone } } as const]),
    ...checkGraph(flow),
    ...flow.nodes.flatMap((node) => checkNode(node, flow, around)),
    ...checkVariables(flow),
  ]
  return [
    ...findings.filter(({ severity }) => severity === 'error'),
    ...findings.filter(({ severity }) => severity === 'warning'),
  ]
}

/** Whether it may be published. */
export const isReady = (findings: readonly Finding[]): boolean => !findings.some(({ severity }) => severity === 'error')
