import { exitsOf } from './exits.ts'
import type { Flow, FlowNode } from './flow.ts'

export type DifferenceKind = 'nodeAdded' | 'nodeRemoved' | 'nodeChanged' | 'exitMoved' | 'startMoved' | 'settingChanged'

/** One difference between two flows; where nodes are drawn is none. */
export interface Difference {
  readonly kind: DifferenceKind
  readonly nodeId?: string
  readonly field?: string
  readonly params: Readonly<Record<string, string>>
}

/** What is different in a flow, in the order of its nodes. */
export function diffFlows(before: Flow, after: Flow): readonly Difference[] {
  const [old, now] = [byId(before), byId(after)]
  const differences: Difference[] = []
  if (before.start !== after.start)
    differences.push({
      kind: 'startMoved',
      params: { ...place('before', old.get(before.start)), ...place('after', now.get(after.start)) },
    })
  for (const field of ['timeZone', 'language', 'mostStaySeconds'] as const)
    if (before[field] !== after[field]) differences.push({ kind: 'settingChanged', field, params: { field } })
  for (const node of after.nodes) {
    const was = old.get(node.id)
    if (!was) differences.push({ kind: 'nodeAdded', nodeId: node.id, params: place('node', node) })
    else differences.push(...diffNode(was, node, old, now))
  }
  for (const node of before.nodes)
    if (!now.has(node.id)) differences.push({ kind: 'nodeRemoved', nodeId: node.id, params: place('node', node) })
  return differences
}

const byId = ({ nodes }: Flow): ReadonlyMap<string, FlowNode> => new Map(nodes.map((node) => [node.id, node]))

/** How a node is named in a sentence: its name and its kind, under these names of parameters. */
const place = (as: 'node' | 'before' | 'after', node: FlowNode | undefined): Record<string, string> =>
  node ? { [as]: node.name ?? '', [as === 'node' ? 'kind' : `${as}Kind`]: node.kind } : {}

const undrawn = new Set(['id', 'at', 'exits'])

function diffNode(
  was: FlowNode,
  node: FlowNode,
  old: ReadonlyMap<string, FlowNode>,
  now: ReadonlyMap<string, FlowNode>,
): Difference[] {
  const [left, right] = [was as unknown as Record<string, unknown>, node as unknown as Record<string, unknown>]
  const fields = [...new Set([...Object.keys(left), ...Object.keys(right)])].filter((field) => !undrawn.has(field))
  const nodeId = node.id
  return [
    ...fields
      .filter((field) => JSON.stringify(left[field]) !== JSON.stringify(right[field]))
      .map((field): Difference => ({ kind: 'nodeChanged', nodeId, field, params: { ...place('node', node), field } })),
    ...[...new Set([...exitsOf(was), ...exitsOf(node)])]
      .filter((exit) => was.exits[exit] !== node.exits[exit])
      .map((exit): Difference => {
        const [before, after] = [old.get(was.exits[exit] ?? ''), now.get(node.exits[exit] ?? '')]
        const params = { ...place('node', node), exit, ...place('before', before), ...place('after', after) }
        return { kind: 'exitMoved', nodeId, params }
      }),
  ]
}
