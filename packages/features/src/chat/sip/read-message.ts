/** What the body of a MESSAGE says. */
export type SaidByPhone =
  | { readonly kind: 'text'; readonly text: string }
  /** RFC 3994. */
  | { readonly kind: 'typing'; readonly isActive: boolean }
  /** A report that our own message has arrived or was seen (RFC 5438): nothing to keep. */
  | { readonly kind: 'report' }
  | { readonly kind: 'unknown' }

/** For the Accept header field of a 415 (RFC 3428 §6, RFC 3261 §8.2.3). */
export const acceptedTypes = 'text/plain, message/cpim, application/im-iscomposing+xml, message/imdn+xml'

/** Reads the body of a MESSAGE; texts in other characters than UTF-8 and its part US-ASCII are not known. */
export function readMessage(contentType: string | undefined, body: Uint8Array): SaidByPhone {
  const [type = 'text/plain', ...parameters] = (contentType ?? 'text/plain')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim())
  switch (type) {
    case 'text/plain': {
      const charset = parameters
        .find((one) => one.startsWith('charset='))
        ?.slice(8)
        .replaceAll('"', '')
      if (charset !== undefined && charset !== 'utf-8' && charset !== 'us-ascii') return { kind: 'unknown' }
      const text = decode(body)
      return text === undefined ? { kind: 'unknown' } : { kind: 'text', text }
    }
    case 'message/cpim':
      return readCpim(body)
    case 'application/im-iscomposing+xml':
      return { kind: 'typing', isActive: /<(?:\w+:)?state>\s*active\s*</.test(decode(body) ?? '') }
    case 'message/imdn+xml':
      return { kind: 'report' }
    default:
      return { kind: 'unknown' }
  }
}

/**
 * Message headers, an empty line, the header fields of the content, an empty line, the content (RFC 3862 §2). Who is named
 * inside does not count: the phone has said by its password who it is.
 */
function readCpim(body: Uint8Array): SaidByPhone {
  const parts = /^[\s\S]*?\r?\n\r?\n([\s\S]*?)\r?\n\r?\n([\s\S]*)$/.exec(decode(body) ?? '')
  if (!parts) return { kind: 'unknown' }
  const [, headers = '', content = ''] = parts
  const inner = /^content-type:[ \t]*(.+)$/im.exec(headers)?.[1]?.trim()
  if (inner?.toLowerCase().startsWith('message/cpim')) return { kind: 'unknown' }
  return readMessage(inner, new TextEncoder().encode(content))
}

function decode(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return undefined
  }
}
