const word = /=\?([\w.:-]+)(?:\*[\w-]+)?\?([bq])\?([^?]*)\?=/gi

/** Text of a field (RFC 2047), for fields that the library does not read. @param value 8 bits a character */
export function decodeField(value: string): string {
  const joined = value.replace(/(\?=)\s+(=\?)/g, '$1$2')
  const decoded = joined.replace(word, (whole, charset: string, kind: string, text: string) => {
    const bytes =
      kind.toLowerCase() === 'b'
        ? Buffer.from(text, 'base64')
        : Buffer.from(
            text
              .replace(/_/g, ' ')
              .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
            'latin1',
          )
    return decodeBytes(bytes, charset) ?? whole
  })
  return decoded === joined && hasHighBytes(value) ? guessText(Buffer.from(value, 'latin1')) : decoded
}

/** What stands in a field without saying its character set: UTF-8 if it is that (RFC 6532), else what Windows writes. */
function guessText(bytes: Uint8Array): string {
  return decodeBytes(bytes, 'utf-8') ?? new TextDecoder('windows-1252').decode(bytes)
}

/** The head of a mail with every line in UTF-8; the same bytes when they are that already. */
export function plainHead(head: Buffer): Buffer {
  if (!head.some((byte) => byte >= 0x80) || decodeBytes(head, 'utf-8') !== undefined) return head
  const lines = head.toString('latin1').split('\n')
  return Buffer.from(
    lines.map((line) => (hasHighBytes(line) ? guessText(Buffer.from(line, 'latin1')) : line)).join('\n'),
  )
}

/**
 * A text that the library has read; read again from the field when characters were lost on the way.
 * @param raw the field as it came, 8 bits a character
 */
export function repairText(text: string, raw: string | undefined): string {
  const clean = (raw !== undefined && (text.includes('\ufffd') || isMisread(text)) ? decodeField(raw) : text)
    .replace(/[\r\n\t]+/g, ' ')
    // Controls and signs of direction would let a name or a subject look like another.
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '')
  return clean.trim()
}

/** UTF-8 that was taken for Latin-1: `Ã¤`. */
const isMisread = (text: string): boolean => /[\u00c2-\u00f4][\u0080-\u00bf]/.test(text)

const hasHighBytes = (value: string): boolean => /[\u0080-\u00ff]/.test(value)

function decodeBytes(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
