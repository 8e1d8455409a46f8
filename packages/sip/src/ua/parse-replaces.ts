/** Value of Replaces (RFC 3891 §6.1): a dialog as its peer names it, so that `toTag` is the tag of who receives it. */
export interface Replaces {
  readonly callId: string
  readonly toTag: string
  readonly fromTag: string
  readonly earlyOnly: boolean
}

/**
 * Blanks may stand around each `;` and `=` (RFC 3261 §25.1).
 * @param value header value, escapes of a URI already undone
 * @example parseReplaces('a@b;to-tag=1;from-tag=2;early-only') // { callId: 'a@b', toTag: '1', fromTag: '2', earlyOnly: true }
 */
export function parseReplaces(value: string | undefined): Replaces | undefined {
  if (value === undefined) return undefined
  const [callId, ...parameters] = value.split(';').map((part) => part.trim())
  const find = (name: string): string | undefined => {
    for (const parameter of parameters) {
      const [key = '', ...value] = parameter.split('=')
      if (key.trimEnd().toLowerCase() === name) return value.join('=').trimStart()
    }
    return undefined
  }
  const toTag = find('to-tag')
  const fromTag = find('from-tag')
  if (!callId || !toTag || !fromTag) return undefined
  return { callId, toTag, fromTag, earlyOnly: parameters.some((parameter) => parameter.toLowerCase() === 'early-only') }
}
