import { graphlib, layout } from '@dagrejs/dagre'
import type { Graph, Place } from '../flow-draft.ts'
import { nodeHeight, nodeWidth } from '../places.ts'

/** Places for all nodes: from left to right, in the order in which calls go through them. */
export function arranged(graph: Graph): ReadonlyMap<string, Place> {
  const drawn = new graphlib.Graph()
  drawn.setGraph({ rankdir: 'LR', nodesep: 36, ranksep: 90 })
  drawn.setDefaultEdgeLabel(() => ({}))
  for (const node of graph.nodes) drawn.setNode(node.id, { width: nodeWidth, height: nodeHeight(node) })
  for (const { id, exits } of graph.nodes)
    for (const to of new Set(Object.values(exits))) if (drawn.hasNode(to)) drawn.setEdge(id, to)
  layout(drawn)
  return new Map(
    graph.nodes.map((node) => {
      const { x, y } = drawn.node(node.id)
      return [node.id, { x: Math.round(x - nodeWidth / 2), y: Math.round(y - nodeHeight(node) / 2) }]
    }),
  )
}

/** Where each node is drawn: where it was put, else where it is arranged. */
export function placesOf(graph: Graph): ReadonlyMap<string, Place> {
  if (graph.nodes.every(({ at }) => at)) return new Map(graph.nodes.map(({ id, at }) => [id, at!]))
  const automatic = arranged(graph)
  return new Map(graph.nodes.map(({ id, at }) => [id, at ?? automatic.get(id) ?? { x: 0, y: 0 }]))
}
