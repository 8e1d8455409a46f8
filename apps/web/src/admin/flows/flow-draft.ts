import { flowExits } from '@vaxel/contract/flow-exits'
import type { ReplyOf } from '../../api/api.ts'

export type Flow = ReplyOf<'readFlow'>
export type Graph = Flow['draft']
export type Node = Graph['nodes'][number]
export type NodeKind = Node['kind']
export type NodeOf<K extends NodeKind> = Extract<Node, { kind: K }>
export type Sound = NodeOf<'announce'>['say'][number]
export type Place = NonNullable<Node['at']>

/** Kinds of nodes as they are offered, in groups. */
export const nodeGroups = {
  conditions: ['time', 'holiday', 'presence', 'caller', 'language', 'spend', 'variable', 'lookup'],
  speaks: ['announce', 'menu', 'collect'],
  sends: ['ring', 'queue', 'voicemail', 'forward', 'hangUp'],
  sets: ['set', 'setLanguage', 'callerName', 'record'],
  tells: ['mail', 'webhook'],
} as const satisfies Readonly<Record<string, readonly NodeKind[]>>
export type NodeGroup = keyof typeof nodeGroups

const mostHistory = 100

/** The exits of a node, as they are drawn. */
export const exitsOf = (node: Node): readonly string[] => flowExits(node)

/** A node as it is when it is new: complete enough to be kept, incomplete enough to be filled in. */
export function newNode(kind: NodeKind, id: string, { firstUserId }: { readonly firstUserId: string }): Node {
  const frame = { id, exits: {} }
  switch (kind) {
    case 'time':
      return { ...frame, kind, open: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00' }] }
    case 'holiday':
      return { ...frame, kind, kinds: ['public'], ownDays: [] }
    case 'presence':
      return { ...frame, kind, userId: firstUserId }
    case 'caller':
      return { ...frame, kind, matches: [] }
    case 'language':
      return { ...frame, kind }
    case 'spend':
      return { ...frame, kind, overMicros: 100_000_000 }
    case 'variable':
      return { ...frame, kind, variable: 'choice', test: 'is', value: '' }
    case 'lookup':
      return { ...frame, kind, url: 'https://', method: 'GET', timeLimitMs: 2000, take: [] }
    case 'announce':
      return { ...frame, kind, say: [] }
    case 'menu':
      return { ...frame, kind, say: [], keys: '12', tries: 3, waitSeconds: 5 }
    case 'collect':
      return { ...frame, kind, say: [], variable: 'number', least: 1, most: 10, tries: 3, waitSeconds: 5 }
    case 'ring':
      return { ...frame, kind, target: { kind: 'user', userId: firstUserId }, ringSeconds: 20 }
    case 'queue':
      return { ...frame, kind, number: '300' }
    case 'voicemail':
      return { ...frame, kind, box: { kind: 'user', userId: firstUserId } }
    case 'forward':
      return { ...frame, kind, to: '0', ringSeconds: 30 }
    case 'set':
      return { ...frame, kind, variable: 'choice', value: '' }
    case 'setLanguage':
      return { ...frame, kind, language: 'en' }
    case 'callerName':
      return { ...frame, kind, name: '{callerName}' }
    case 'record':
      return { ...frame, kind, isOn: true }
    case 'mail':
      return { ...frame, kind, to: 'name@example.org', subject: '{caller}', text: '{caller}' }
    case 'webhook':
      return { ...frame, kind, url: 'https://', text: '' }
    case 'hangUp':
      return { ...frame, kind }
  }
}

/** A name that no node of the graph has yet: its kind and a number. */
export function freeId(graph: Graph, kind: NodeKind): string {
  const taken = new Set(graph.nodes.map(({ id }) => id))
  for (let number = 1; ; number++) if (!taken.has(`${kind}${number}`)) return `${kind}${number}`
}

/** Adds a node; the first one is where calls begin. With `after`, the exit of another node leads to it. */
export function addNode(graph: Graph, node: Node, after?: { readonly id: string; readonly exit: string }): Graph {
  const added = { ...graph, start: graph.nodes.length === 0 ? node.id : graph.start, nodes: [...graph.nodes, node] }
  return after ? link(added, after.id, after.exit, node.id) : added
}

/** Takes nodes away, and every exit that led to them. */
export function removeNodes(graph: Graph, ids: readonly string[]): Graph {
  const gone = new Set(ids)
  const nodes = graph.nodes
    .filter(({ id }) => !gone.has(id))
    .map((node) => ({
      ...node,
      exits: Object.fromEntries(Object.entries(node.exits).filter(([, to]) => !gone.has(to))),
    }))
  const start = gone.has(graph.start) ? (nodes[0]?.id ?? graph.start) : graph.start
  return { ...graph, start, nodes }
}

/** Puts another node in the place of one; exits that it does not have any more lead nowhere. */
export function putNode(graph: Graph, node: Node): Graph {
  const exits = new Set(exitsOf(node))
  const kept = Object.fromEntries(Object.entries(node.exits).filter(([exit]) => exits.has(exit)))
  return {
    ...graph,
    nodes: graph.nodes.map((each) => (each.id === node.id ? { ...node, exits: kept } : each)),
  }
}

/** Lets an exit lead to a node, or nowhere. */
export function link(graph: Graph, id: string, exit: string, to: string | undefined): Graph {
  return {
    ...graph,
    nodes: graph.nodes.map((node) => {
      if (node.id !== id) return node
      const { [exit]: _, ...others } = node.exits
      return { ...node, exits: to === undefined ? others : { ...others, [exit]: to } }
    }),
  }
}

export function placeNodes(graph: Graph, places: ReadonlyMap<string, Place>): Graph {
  return {
    ...graph,
    nodes: graph.nodes.map((node) => {
      const at = places.get(node.id)
      return at ? { ...node, at: { x: Math.round(at.x), y: Math.round(at.y) } } : node
    }),
  }
}

/** What was done, to take back and to do again. */
export interface History {
  readonly past: readonly Graph[]
  readonly now: Graph
  readonly future: readonly Graph[]
}

export const historyOf = (now: Graph): History => ({ past: [], now, future: [] })

export function edited({ past, now }: History, next: Graph): History {
  return next === now ? { past, now, future: [] } : { past: [...past, now].slice(-mostHistory), now: next, future: [] }
}

export function undone({ past, now, future }: History): History {
  const before = past.at(-1)
  return before ? { past: past.slice(0, -1), now: before, future: [now, ...future] } : { past, now, future }
}

export function redone({ past, now, future }: History): History {
  const [next, ...rest] = future
  return next ? { past: [...past, now], now: next, future: rest } : { past, now, future }
}
