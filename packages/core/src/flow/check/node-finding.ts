import type { FlowNode } from '../flow.ts'
import type { Finding, FindingCode } from './finding.ts'

/** A finding about a node, with what people call it (or nothing, where its kind must do). */
export const nodeFinding = (
  severity: Finding['severity'],
  code: FindingCode,
  node: FlowNode,
  params: Finding['params'] = {},
  exit?: string,
): Finding => ({
  severity,
  code,
  nodeId: node.id,
  ...(exit === undefined ? {} : { exit }),
  params: { node: node.name ?? '', kind: node.kind, ...params },
})
