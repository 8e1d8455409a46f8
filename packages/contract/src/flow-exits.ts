type Drawn = { readonly kind: string; readonly keys?: string }

const fixedExits: Readonly<Record<string, readonly string[]>> = {
  time: ['open', 'closed'],
  holiday: ['holiday', 'ordinary'],
  presence: ['available', 'busy', 'away', 'doNotDisturb', 'offline'],
  caller: ['yes', 'no'],
  variable: ['yes', 'no'],
  language: ['en', 'sv', 'fr'],
  spend: ['over', 'under'],
  lookup: ['answered', 'failed', 'timeOut'],
  menu: ['silence', 'wrong'],
  collect: ['entered', 'silence', 'wrong'],
  ring: ['busy', 'noAnswer', 'unreachable'],
  forward: ['busy', 'noAnswer', 'unreachable'],
  queue: ['refused'],
  voicemail: ['refused'],
  hangUp: [],
}

/**
 * The exits that a node of a flow has, in the order in which they are drawn. None: calls do not come back from there.
 * @example flowExits({ kind: 'menu', keys: '12' }) // ['1', '2', 'silence', 'wrong']
 */
export const flowExits = ({ kind, keys = '' }: Drawn): readonly string[] => [
  ...(kind === 'menu' ? new Set(keys) : []),
  ...(fixedExits[kind] ?? ['next']),
]
