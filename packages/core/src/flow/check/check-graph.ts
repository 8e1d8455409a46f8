import { exitsOf, takesTime } from '../exits.ts'
import type { Flow, FlowNode } from '../flow.ts'
import type { Finding } from './finding.ts'
import { nodeFinding } from './node-finding.ts'

/** What is the matter with the drawing: where exits lead, who is reached, and whether every way ends. */
export function checkGraph(flow: Flow): Finding[] {
  const byId = new Map(flow.nodes.map((node) => [node.id, node]))
  if (flow.nodes.length === 0) return [{ severity: 'error', code: 'empty', params: {} }]
  const findings: Finding[] = []
  if (!byId.has(flow.start)) findings.push({ severity: 'error', code: 'start-missing', params: { id: flow.start } })
  const seen = new Set<string>()
  for (const node of flow.nodes) {
    if (seen.has(node.id)) findings.push(nodeFinding('error', 'id-twice', node, { id: node.id }))
    seen.add(node.id)
    findings.push(...checkExits(node, byId))
  }
  const reached = reachable(flow.start, byId)
  for (const node of flow.nodes) if (!reached.has(node.id)) findings.push(nodeFinding('warning', 'unreachable', node))
  return [...findings, ...checkEnds(flow, byId, reached)]
}

function checkExits(node: FlowNode, byId: ReadonlyMap<string, FlowNode>): Finding[] {
  const wanted = exitsOf(node)
  const missing = wanted.flatMap((exit) => {
    const to = node.exits[exit]
    if (to === undefined) return [nodeFinding('error', 'exit-missing', node, { exit }, exit)]
    return byId.has(to) ? [] : [nodeFinding('error', 'exit-nowhere', node, { exit, to }, exit)]
  })
  const further = Object.keys(node.exits).filter((exit) => !wanted.includes(exit))
  return [...missing, ...further.map((exit) => nodeFinding('warning', 'exit-unknown', node, { exit }, exit))]
}

const nextOf = (node: FlowNode, byId: ReadonlyMap<string, FlowNode>): FlowNode[] =>
  exitsOf(node).flatMap((exit) => {
    const next = byId.get(node.exits[exit] ?? '')
    return next ? [next] : []
  })

function reachable(start: string, byId: ReadonlyMap<string, FlowNode>): ReadonlySet<string> {
  const reached = new Set<string>()
  const waiting = [byId.get(start)]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (reached.has(node.id)) continue
    reached.add(node.id)
    waiting.push(...nextOf(node, byId))
  }
  return reached
}

/** A node where calls end or are handed to somebody who may take them. */
const mayEnd = ({ kind }: FlowNode): boolean =>
  kind === 'hangUp' || kind === 'ring' || kind === 'queue' || kind === 'voicemail' || kind === 'forward'

function checkEnds(flow: Flow, byId: ReadonlyMap<string, FlowNode>, reached: ReadonlySet<string>): Finding[] {
  const nodes = flow.nodes.filter(({ id }) => reached.has(id))
  const endless = nodes.filter((node) => !takesTime(node) && comesBack(node, byId))
  const circles = endless.map((node) => nodeFinding('error', 'endless', node))
  const ends = new Set(nodes.filter(mayEnd).map(({ id }) => id))
  for (let before = -1; before !== ends.size; ) {
    before = ends.size
    for (const node of nodes) if (nextOf(node, byId).some(({ id }) => ends.has(id))) ends.add(node.id)
  }
  const trapped = nodes.filter((node) => {
    if (ends.has(node.id) || endless.includes(node)) return false
    // Open exits are told already; a call that leaves there is ended.
    return exitsOf(node).every((exit) => node.exits[exit] !== undefined)
  })
  return [...circles, ...trapped.map((node) => nodeFinding('error', 'no-way-out', node))]
}

/** Whether a node is reached from itself through nodes that take no time. */
function comesBack(from: FlowNode, byId: ReadonlyMap<string, FlowNode>): boolean {
  const seen = new Set<string>()
  const waiting = nextOf(from, byId)
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.id === from.id) return true
    if (takesTime(node) || seen.has(node.id)) continue
    seen.add(node.id)
    waiting.push(...nextOf(node, byId))
  }
  return false
}
