import { withValue } from './decide.ts'
import type { FlowNode, FlowNodeOf } from './flow.ts'
import type { FlowEvent, FlowNote, FlowState } from './flow-state.ts'
import type { Variables } from './template.ts'

/** What an event means to the node that waits for it. */
export type Taken =
  | { readonly kind: 'ignored' }
  | { readonly kind: 'again'; readonly wrong: 'silence' | 'wrong'; readonly notes: readonly FlowNote[] }
  | { readonly kind: 'left'; readonly note: FlowNote; readonly variables?: Variables }

const ignored: Taken = { kind: 'ignored' }

/** Which way a waiting node is left by an event, or that it asks again. */
export function takeEvent(node: FlowNode, state: FlowState, event: FlowEvent): Taken {
  const left = (exit: string, code: string, params: FlowNote['params'] = {}, variables?: Variables): Taken => ({
    kind: 'left',
    note: { kind: 'note', nodeId: node.id, exit, code, params },
    ...(variables ? { variables } : {}),
  })
  if (event.kind === 'knownExit') {
    const { exit, keys } = event
    const name = node.kind === 'menu' ? 'key' : node.kind === 'collect' ? node.variable : undefined
    const value = node.kind === 'menu' ? exit : keys
    const isSet = name !== undefined && value !== undefined
    return left(exit, 'as-then', {}, isSet ? withValue(state.variables, name, value) : undefined)
  }
  switch (node.kind) {
    case 'announce':
      return event.kind === 'said' ? left('next', 'announced') : ignored
    case 'menu':
      return event.kind === 'keys' ? takeChoice(node, state, event.keys, left) : ignored
    case 'collect':
      return event.kind === 'keys' ? takeInput(node, state, event.keys, left) : ignored
    case 'lookup': {
      if (event.kind !== 'lookedUp') return ignored
      const { answer } = event
      if (answer.kind !== 'answered')
        return left(answer.kind, answer.kind === 'failed' ? 'lookup-failed' : 'lookup-time-out')
      const variables = node.take.reduce(
        (known, { variable }) => withValue(known, variable, answer.values[variable] ?? ''),
        state.variables,
      )
      return left('answered', 'lookup-answered', {}, variables)
    }
    case 'ring':
    case 'forward': {
      if (event.kind !== 'sentBack') return ignored
      const exit = event.how === 'refused' ? 'unreachable' : event.how
      return left(exit, `came-back-${event.how}`)
    }
    case 'queue':
    case 'voicemail':
      return event.kind === 'sentBack' ? left('refused', `came-back-${event.how}`) : ignored
    default:
      return ignored
  }
}

type Leave = (exit: string, code: string, params?: FlowNote['params'], variables?: Variables) => Taken

function takeChoice(node: FlowNodeOf<'menu'>, state: FlowState, keys: string, left: Leave): Taken {
  const key = keys.slice(0, 1)
  if (key !== '' && node.keys.includes(key))
    return left(key, 'pressed', { key }, withValue(state.variables, 'key', key))
  return askAgain(node, state, key === '' ? 'silence' : 'wrong', key, left)
}

function takeInput(node: FlowNodeOf<'collect'>, state: FlowState, keys: string, left: Leave): Taken {
  if (keys.length >= node.least && keys.length <= node.most) {
    const digits = node.isSecret ? '•'.repeat(keys.length) : keys
    return left('entered', 'entered', { digits }, withValue(state.variables, node.variable, keys))
  }
  return askAgain(node, state, keys === '' ? 'silence' : 'wrong', node.isSecret ? '' : keys, left)
}

function askAgain(
  node: FlowNodeOf<'menu' | 'collect'>,
  state: FlowState,
  wrong: 'silence' | 'wrong',
  keys: string,
  left: Leave,
): Taken {
  const code = wrong === 'silence' ? 'nothing-pressed' : 'wrong-pressed'
  if (state.asked >= node.tries) return left(wrong, code, { keys })
  return { kind: 'again', wrong, notes: [{ kind: 'note', nodeId: node.id, code, params: { keys } }] }
}
