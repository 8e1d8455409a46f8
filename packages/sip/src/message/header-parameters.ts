import { allIn, inClass, isBlank, TOKEN } from './characters.ts'
import { messageLimits } from './message-limits.ts'
import type { Parameters } from './uri.ts'

/** Which values came quoted, so that they are written so again. */
export type QuotedNames = Set<string>

/**
 * Reads `;name=value` parameters of a header field (RFC 3261 §25.1 generic-param) from `start` to the end of the text.
 * Names become lower case; quoted values lose quotes and backslashes. The first of two with one name is kept.
 * @returns whether the text is sound to its end
 */
export function readHeaderParameters(
  text: string,
  start: number,
  into: Parameters,
  quoted: QuotedNames | undefined,
): boolean {
  let at = skipBlanks(text, start)
  while (at < text.length) {
    if (text.charCodeAt(at) !== 59) return false
    at = skipBlanks(text, at + 1)
    if (at === text.length) return true
    if (text.charCodeAt(at) === 59) continue
    const nameStart = at
    while (at < text.length && inClass(text.charCodeAt(at), TOKEN)) at++
    if (at === nameStart || into.size >= messageLimits.parameters) return false
    const name = lowerCase(text.slice(nameStart, at))
    at = skipBlanks(text, at)
    let value: string | undefined
    if (text.charCodeAt(at) === 61) {
      at = skipBlanks(text, at + 1)
      if (text.charCodeAt(at) === 34) {
        const end = endOfQuoted(text, at)
        if (end < 0) return false
        value = unquote(text.slice(at + 1, end))
        quoted?.add(name)
        at = skipBlanks(text, end + 1)
      } else {
        const valueStart = at
        while (at < text.length && isValueCode(text.charCodeAt(at))) at++
        if (at === valueStart) return false
        value = text.slice(valueStart, at)
        at = skipBlanks(text, at)
      }
    }
    if (!into.has(name)) into.set(name, value)
  }
  return true
}

/** Whether all from there on is one value of a parameter, without quotes. */
export function isBareValueFrom(text: string, start: number): boolean {
  for (let i = start; i < text.length; i++) if (!isValueCode(text.charCodeAt(i))) return false
  return start < text.length
}

/** Most names are in lower case already: then nothing is copied. */
function lowerCase(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 65 && code <= 90) return text.toLowerCase()
  }
  return text
}

/** Token, host, IPv6 reference with or without brackets; more freely, anything that cannot end a parameter. */
const isValueCode = (code: number): boolean =>
  code > 32 && code !== 59 && code !== 44 && code !== 34 && code !== 60 && code !== 62 && code !== 127

/** Place of the closing quote of the string that opens at `open`, or -1. */
export function endOfQuoted(text: string, open: number): number {
  for (let i = open + 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 92) i++
    else if (code === 34) return i
  }
  return -1
}

/** The meaning of a quoted string's inside. */
export const unquote = (inside: string): string => (inside.includes('\\') ? inside.replace(/\\(.)/gs, '$1') : inside)

/** Writes a quoted string; line breaks cannot be written and become spaces. */
export const quote = (text: string): string => `"${text.replace(/[\r\n\0]+/g, ' ').replace(/["\\]/g, '\\$&')}"`

export function writeHeaderParameters(parameters: Parameters, quoted?: QuotedNames): string {
  let text = ''
  for (const [name, value] of parameters) {
    if (value === undefined) text += `;${name}`
    else if (quoted?.has(name) || value === '' || !isBareValue(value)) text += `;${name}=${quote(value)}`
    else text += `;${name}=${value}`
  }
  return text
}

function isBareValue(value: string): boolean {
  if (allIn(value, TOKEN, 0, value.length)) return true
  for (let i = 0; i < value.length; i++)
    if (!isValueCode(value.charCodeAt(i)) || value.charCodeAt(i) > 126) return false
  return true
}

export function skipBlanks(text: string, start: number): number {
  let at = start
  while (at < text.length && isBlank(text.charCodeAt(at))) at++
  return at
}
