/** Methods that the stack and its upper layer understand, for Allow (RFC 3261 §20.5). */
export const allowedMethods = [
  'INVITE',
  'ACK',
  'CANCEL',
  'BYE',
  'OPTIONS',
  'PRACK',
  'UPDATE',
  'INFO',
  'REFER',
  'NOTIFY',
  'SUBSCRIBE',
  'MESSAGE',
  'REGISTER',
] as const

export const allowValue: string = allowedMethods.join(', ')

const methods: ReadonlySet<string> = new Set(allowedMethods)
export const isAllowedMethod = (method: string): boolean => methods.has(method)

/** Option tags of INVITE usages, for Supported. */
export const supportedValue = '100rel, timer, replaces, norefersub'

/** Option tags that a request may require of us: those above and those that the registrar deals with. */
const understood: ReadonlySet<string> = new Set([
  '100rel',
  'timer',
  'replaces',
  'norefersub',
  'path',
  'outbound',
  'gruu',
])

/** Option tags that the request requires and nobody here understands (§8.2.2.3). */
export const notUnderstood = (required: readonly string[]): string[] =>
  required.filter((tag) => !understood.has(tag.toLowerCase()))

export const acceptValue = 'application/sdp'
