import type { Flow, FlowNode } from '../flow.ts'
import { givenVariables, variablesIn } from '../template.ts'
import type { Finding } from './finding.ts'
import { nodeFinding } from './node-finding.ts'

/** Variables that nothing sets, given ones that a node overwrites, and calls in somebody's name to where a caller wants. */
export function checkVariables(flow: Flow): Finding[] {
  const given = new Set<string>(givenVariables)
  const set = new Set([...given, ...flow.nodes.flatMap(setBy)])
  return flow.nodes.flatMap((node) => [
    ...[...new Set(usedBy(node))]
      .filter((name) => !set.has(name))
      .map((variable) => nodeFinding('warning', 'variable-unknown', node, { variable })),
    ...(callerChooses(node, flow) ? [nodeFinding('warning', 'caller-chooses-number', node)] : []),
    ...setBy(node)
      .filter((name) => given.has(name))
      .map((variable) => nodeFinding('warning', 'variable-given', node, { variable })),
  ])
}

/** A number outside that holds what a caller has typed, called at a person's cost. */
function callerChooses(node: FlowNode, { nodes }: Flow): boolean {
  if (node.kind !== 'forward' || node.asUserId === undefined) return false
  const typed = new Set(['key', ...nodes.flatMap((one) => (one.kind === 'collect' ? [one.variable] : []))])
  return variablesIn(node.to).some((name) => typed.has(name))
}

function setBy(node: FlowNode): string[] {
  switch (node.kind) {
    case 'collect':
    case 'set':
      return [node.variable]
    case 'lookup':
      return node.take.map(({ variable }) => variable)
    default:
      return []
  }
}

function usedBy(node: FlowNode): string[] {
  switch (node.kind) {
    case 'variable':
      return [node.variable, ...variablesIn(node.value)]
    case 'lookup':
      return variablesIn(node.url)
    case 'forward':
      return variablesIn(node.to)
    case 'set':
      return variablesIn(node.value)
    case 'callerName':
      return variablesIn(node.name)
    case 'mail':
      return [...variablesIn(node.subject), ...variablesIn(node.text)]
    case 'webhook':
      return [...variablesIn(node.url), ...variablesIn(node.text)]
    case 'announce':
    case 'menu':
    case 'collect':
      return node.say.flatMap((sound) => (sound.kind === 'digits' || sound.kind === 'number' ? [sound.variable] : []))
    default:
      return []
  }
}
