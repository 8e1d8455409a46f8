import { exitsOf, type Graph, type Node, type Place } from './flow-draft.ts'

export const nodeWidth = 232
const headHeight = 54
const exitHeight = 26
const gap = 28
const columnWidth = nodeWidth + 90

/** How high a step is drawn: a line for each exit. */
export const nodeHeight = (node: Node): number => headHeight + exitsOf(node).length * exitHeight + 8

/** A place for a new step where no other one is: right of the step that leads to it, else below all. */
export function freePlace(graph: Graph, node: Node, afterId?: string): Place {
  const placed = graph.nodes.flatMap((each) => (each.at ? [{ at: each.at, height: nodeHeight(each) }] : []))
  const after = graph.nodes.find(({ id }) => id === afterId)?.at
  const left = Math.min(0, ...placed.map(({ at }) => at.x))
  const place = after
    ? { x: after.x + columnWidth, y: after.y }
    : { x: left, y: Math.max(0, ...placed.map(({ at, height }) => at.y + height + gap)) }
  const height = nodeHeight(node)
  const isTaken = ({ at, height: other }: (typeof placed)[number]): boolean =>
    Math.abs(at.x - place.x) < nodeWidth + gap && at.y < place.y + height + gap && place.y < at.y + other + gap
  for (let taken = placed.find(isTaken); taken; taken = placed.find(isTaken)) place.y = taken.at.y + taken.height + gap
  return place
}
