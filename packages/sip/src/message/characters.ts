/** Character classes of RFC 3261 §25.1 as bits, for code units below 128. */
export const TOKEN = 1
/** Allowed unescaped in the user part; `#`, brackets and non-ASCII are let through too, as phones send them. */
export const USER = 2
/** Allowed unescaped in URI parameters and header names and values. */
export const URI_PART = 4
export const HOSTNAME = 8
export const DIGIT = 16
export const HEX = 32
export const ALPHA = 64

const classes = new Uint8Array(128)
const mark = (characters: string, bit: number): void => {
  for (const character of characters) classes[character.charCodeAt(0)]! |= bit
}
const digits = '0123456789'
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
mark(digits, TOKEN | USER | URI_PART | HOSTNAME | DIGIT | HEX)
mark(letters, TOKEN | USER | URI_PART | HOSTNAME | ALPHA)
mark('abcdefABCDEF', HEX)
mark("-.!%*_+`'~", TOKEN)
mark("-_.!~*'()&=+$,;?/#[]%", USER)
mark("-_.!~*'()[]/:&+$%=@?,", URI_PART)
mark('-._', HOSTNAME)

/** Whether every character from `start` to before `end` is in the class; characters from 128 up count as `beyond`. */
export function allIn(text: string, bit: number, start: number, end: number, beyond = false): boolean {
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i)
    if (code < 128 ? (classes[code]! & bit) === 0 : !beyond) return false
  }
  return true
}

export const isToken = (text: string): boolean => text.length > 0 && allIn(text, TOKEN, 0, text.length)

export const isDigits = (text: string): boolean => text.length > 0 && allIn(text, DIGIT, 0, text.length)

export const inClass = (code: number, bit: number): boolean => code < 128 && (classes[code]! & bit) !== 0

/** Whether the code is a space or a tab. */
export const isBlank = (code: number): boolean => code === 32 || code === 9

/**
 * A decimal number of at most `max`, or undefined: no sign, no blank, no overflow.
 * @example readNumber('070', 255) // 70
 */
export function readNumber(text: string, max: number): number | undefined {
  if (text.length === 0 || text.length > 64) return undefined
  let value = 0
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return undefined
    value = value * 10 + digit
    if (value > max) return undefined
  }
  return value
}
