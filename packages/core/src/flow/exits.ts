import type { FlowNode } from './flow.ts'

/** The exits of a node, in the order in which they are drawn. None: calls do not come back from there. */
export function exitsOf(node: FlowNode): readonly string[] {
  switch (node.kind) {
    case 'time':
      return ['open', 'closed']
    case 'holiday':
      return ['holiday', 'ordinary']
    case 'presence':
      return ['available', 'busy', 'away', 'doNotDisturb', 'offline']
    case 'caller':
    case 'variable':
      return ['yes', 'no']
    case 'language':
      return ['en', 'sv', 'fr']
    case 'spend':
      return ['over', 'under']
    case 'lookup':
      return ['answered', 'failed', 'timeOut']
    case 'menu':
      return [...new Set(node.keys), 'silence', 'wrong']
    case 'collect':
      return ['entered', 'silence', 'wrong']
    case 'ring':
    case 'forward':
      return ['busy', 'noAnswer', 'unreachable']
    case 'queue':
    case 'voicemail':
      return ['refused']
    case 'announce':
    case 'set':
    case 'setLanguage':
    case 'callerName':
    case 'record':
    case 'mail':
    case 'webhook':
      return ['next']
    case 'hangUp':
      return []
  }
}

/** Whether a node lets time pass, so that a circle through it is not endless in an instant. */
export const takesTime = ({ kind }: FlowNode): boolean =>
  ['lookup', 'announce', 'menu', 'collect', 'ring', 'queue', 'voicemail', 'forward', 'hangUp'].includes(kind)
