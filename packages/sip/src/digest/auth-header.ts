import { inClass, TOKEN } from '../message/characters.ts'
import { endOfQuoted, skipBlanks, unquote } from '../message/header-parameters.ts'

/** A challenge or credentials: `Digest name="value", …` (RFC 7616 §3.3, §3.4). */
export interface AuthHeader {
  /** Lower case. */
  readonly scheme: string
  /** Names in lower case, values without quotes. */
  readonly parameters: ReadonlyMap<string, string>
}

const mostParameters = 32
const mostChallenges = 16
const comma = 44

/**
 * Reads the value of WWW-Authenticate, Proxy-Authenticate, Authorization or Proxy-Authorization.
 * Undefined when malformed; a parameter that comes twice makes it so (RFC 7616 §3.4).
 * @example parseAuthHeader('Digest realm="a", qop=auth')?.parameters.get('realm') // 'a'
 */
export function parseAuthHeader(text: string): AuthHeader | undefined {
  const read = readOne(text, 0)
  return read?.end === text.length ? read.header : undefined
}

/**
 * The challenges of one field value. RFC 3261 §7.3.1 has each in a field of its own; what thinks in HTTP writes them in a row (RFC 7235 §4.1).
 * @returns those before the first that is malformed
 */
export function parseChallenges(text: string): readonly AuthHeader[] {
  const all: AuthHeader[] = []
  for (let at = 0; at < text.length && all.length < mostChallenges; ) {
    const read = readOne(text, at)
    if (!read) break
    all.push(read.header)
    at = read.end
  }
  return all
}

/** @returns what begins there, and where the next one begins or the text ends */
function readOne(text: string, start: number): { readonly header: AuthHeader; readonly end: number } | undefined {
  let at = tokenEnd(text, start)
  const scheme = text.slice(start, at).toLowerCase()
  if (scheme === '') return undefined
  const parameters = new Map<string, string>()
  at = skipBlanks(text, at)
  while (at < text.length) {
    if (text.charCodeAt(at) === comma) {
      at = skipBlanks(text, at + 1)
      continue
    }
    const nameEnd = tokenEnd(text, at)
    const equals = skipBlanks(text, nameEnd)
    const name = text.slice(at, nameEnd).toLowerCase()
    if (name !== '' && equals > nameEnd && inClass(text.charCodeAt(equals), TOKEN)) break
    if (name === '' || text.charCodeAt(equals) !== 61 || parameters.has(name) || parameters.size >= mostParameters)
      return undefined
    at = skipBlanks(text, equals + 1)
    if (text.charCodeAt(at) === 34) {
      const end = endOfQuoted(text, at)
      if (end < 0) return undefined
      parameters.set(name, unquote(text.slice(at + 1, end)))
      at = end + 1
    } else {
      let end = at
      while (end < text.length && text.charCodeAt(end) > 32 && text.charCodeAt(end) !== comma) end++
      if (end === at) return undefined
      parameters.set(name, text.slice(at, end))
      at = end
    }
    at = skipBlanks(text, at)
    if (at < text.length && text.charCodeAt(at) !== comma) return undefined
  }
  return { header: { scheme, parameters }, end: at }
}

function tokenEnd(text: string, start: number): number {
  let end = start
  while (inClass(text.charCodeAt(end), TOKEN)) end++
  return end
}

/** A value within quotes, as the inside of it is written. */
export const quoted = (value: string): string =>
  value.includes('"') || value.includes('\\') ? `"${value.replace(/["\\]/g, '\\$&')}"` : `"${value}"`
