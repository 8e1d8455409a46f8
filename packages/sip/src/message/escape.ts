import { allIn, inClass } from './characters.ts'

const utf8 = new TextEncoder()

/** Whether each `%` is followed by two hexadecimal digits. */
export function hasSoundEscapes(text: string): boolean {
  for (let at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 3)) {
    if (!isHex(text.charCodeAt(at + 1)) || !isHex(text.charCodeAt(at + 2))) return false
  }
  return true
}

/**
 * Undoes %-escapes (RFC 3261 §19.1.2). Bytes that are not UTF-8 become one character each (ISO 8859-1).
 * @example unescape('j%40s0n') // 'j@s0n'
 */
export function unescape(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  }
}

/** Escapes what the class does not allow, and `%` itself, as UTF-8 bytes; `also` names further characters to escape. */
export function escape(text: string, bit: number, also = ''): string {
  if (allIn(text, bit, 0, text.length) && !text.includes('%') && !holdsAny(text, also)) return text
  let out = ''
  for (const character of text) {
    const code = character.charCodeAt(0)
    if (code !== 37 && inClass(code, bit) && !also.includes(character)) out += character
    else for (const byte of utf8.encode(character)) out += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return out
}

function holdsAny(text: string, characters: string): boolean {
  for (const character of characters) if (text.includes(character)) return true
  return false
}

const isHex = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102)
