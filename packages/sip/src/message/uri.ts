import { allIn, HOSTNAME, inClass, readNumber, TOKEN, URI_PART, USER } from './characters.ts'
import { escape, hasSoundEscapes, unescape } from './escape.ts'
import { messageLimits } from './message-limits.ts'

export type Parameters = Map<string, string | undefined>

/** A parsed URI. Its own copy: changing it changes no message. */
export interface Uri {
  /** Lower case: `sip`, `sips`, `tel`, or another one that is carried but not understood. */
  scheme: string
  /** Without escapes; for `tel` the number as written. */
  user: string | undefined
  password: string | undefined
  /** Lower case; IPv6 without brackets; empty for `tel` and foreign schemes. */
  host: string
  port: number | undefined
  /** Names in lower case, values without escapes; undefined for a parameter without value (`lr`). */
  readonly parameters: Parameters
  /** The `?` part: names as written, values without escapes. */
  readonly headers: Map<string, string>
  /** For foreign schemes: everything after the colon. */
  opaque: string | undefined
  toString(): string
}

const none: readonly [string, string][] = []

class ParsedUri implements Uri {
  scheme: string
  user: string | undefined = undefined
  password: string | undefined = undefined
  host = ''
  port: number | undefined = undefined
  opaque: string | undefined = undefined
  #parameters: Parameters | undefined
  #headers: Map<string, string> | undefined

  constructor(scheme: string) {
    this.scheme = scheme
  }

  // Made when asked for: most URIs have neither.
  get parameters(): Parameters {
    this.#parameters ??= new Map()
    return this.#parameters
  }

  get headers(): Map<string, string> {
    this.#headers ??= new Map()
    return this.#headers
  }

  toString(): string {
    if (this.opaque !== undefined) return `${this.scheme}:${this.opaque}`
    let text = `${this.scheme}:`
    if (this.user !== undefined) {
      text += this.scheme === 'tel' ? this.user : escapeUser(this.user)
      if (this.password !== undefined) text += `:${escape(this.password, USER, '#[];,?/')}`
      if (this.scheme !== 'tel') text += '@'
    }
    text += formatHost(this.host, this.port)
    for (const [name, value] of this.#parameters ?? none) {
      const escaped = escape(name, URI_PART, '=?@,')
      text += value === undefined ? `;${escaped}` : `;${escaped}=${escape(value, URI_PART, '=?@,')}`
    }
    let mark = '?'
    for (const [name, value] of this.#headers ?? none) {
      text += `${mark}${escape(name, URI_PART, '=&?@,%')}=${escape(value, URI_PART, '=&@,%')}`
      mark = '&'
    }
    return text
  }
}

/**
 * The user part of a SIP URI as it is written (RFC 3261 §19.1.2).
 * @example escapeUser('#21') // '%2321'
 */
export const escapeUser = (user: string): string => escape(user, USER, '#[]')

/**
 * A host and port as they are written in a URI or Via.
 * @example formatHost('::1', 5060) // '[::1]:5060'
 */
export function formatHost(host: string, port?: number): string {
  const written = host.includes(':') ? `[${host}]` : host
  return port === undefined ? written : `${written}:${port}`
}

/**
 * Reads `host`, `host:port`, `[v6]` or `[v6]:port` between two places of a text.
 * Undefined for anything else, for a port over 65535, and for an IPv6 address without brackets.
 */
export function parseHostPort(text: string): { host: string; port: number | undefined } | undefined {
  if (text.charCodeAt(0) === 91) {
    const close = text.indexOf(']')
    if (close < 0) return undefined
    const host = readIpv6(text.slice(1, close))
    if (host === undefined) return undefined
    if (close === text.length - 1) return { host, port: undefined }
    if (text.charCodeAt(close + 1) !== 58) return undefined
    const port = readNumber(text.slice(close + 2), 65_535)
    return port === undefined ? undefined : { host, port }
  }
  let end = 0
  let hasUpper = false
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end)
    if (code === 58) break
    if (!inClass(code, HOSTNAME)) return undefined
    if (code >= 65 && code <= 90) hasUpper = true
  }
  if (end === 0) return undefined
  const isWhole = end === text.length
  const written = isWhole ? text : text.slice(0, end)
  const host = hasUpper ? written.toLowerCase() : written
  if (isWhole) return { host, port: undefined }
  const port = readNumber(text.slice(end + 1), 65_535)
  return port === undefined ? undefined : { host, port }
}

/**
 * An IPv6 address in lower case, or undefined. The `:::` that RFC 3261's grammar allowed by mistake before an IPv4 part
 * is read as `::` (RFC 5118 §4.10).
 */
export function readIpv6(text: string): string | undefined {
  if (text.length < 2 || text.length > 64) return undefined
  const address = text.toLowerCase().replace(/:::(?=\d+\.)/, '::')
  const scope = address.indexOf('%')
  if (scope >= 0 && !/^%[a-z0-9%._~-]+$/.test(address.slice(scope))) return undefined
  const plain = scope < 0 ? address : address.slice(0, scope)
  const gap = plain.indexOf('::')
  if (gap >= 0 && plain.indexOf('::', gap + 1) >= 0) return undefined
  let groups = 0
  const halves = gap < 0 ? [plain] : [plain.slice(0, gap), plain.slice(gap + 2)]
  for (const [index, half] of halves.entries()) {
    if (half === '') continue
    const pieces = half.split(':')
    for (const [place, piece] of pieces.entries()) {
      const isLast = index === halves.length - 1 && place === pieces.length - 1
      if (isLast && piece.includes('.')) {
        if (!isIpv4(piece)) return undefined
        groups += 2
      } else if (/^[0-9a-f]{1,4}$/.test(piece)) groups++
      else return undefined
    }
  }
  return (gap < 0 ? groups === 8 : groups < 8) ? address : undefined
}

const isIpv4 = (text: string): boolean =>
  /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.test(text) && text.split('.').every((part) => Number(part) < 256)

/**
 * Reads a URI: sip and sips in full (RFC 3261 §19.1), tel (RFC 3966), any other scheme as an opaque text.
 * Undefined when it is malformed or beyond the limits.
 * @example parseUri('sip:201@[::1]:5070;transport=tcp')?.host // '::1'
 */
export function parseUri(text: string): Uri | undefined {
  if (text.length > messageLimits.uriLength) return undefined
  const colon = text.indexOf(':')
  if (colon < 1) return undefined
  const scheme = text.startsWith('sip:') ? 'sip' : text.slice(0, colon).toLowerCase()
  if (scheme === 'sip' || scheme === 'sips') return parseSipUri(scheme, text.slice(colon + 1))
  if (scheme === 'tel') return parseTelUri(text.slice(colon + 1))
  return parseForeignUri(scheme, text.slice(colon + 1))
}

function parseForeignUri(scheme: string, rest: string): Uri | undefined {
  if (!/^[a-z][a-z0-9+.-]*$/.test(scheme) || rest === '') return undefined
  for (let i = 0; i < rest.length; i++) {
    const code = rest.charCodeAt(i)
    if (code <= 32 || code === 34 || code === 60 || code === 62 || code === 127) return undefined
  }
  const uri = new ParsedUri(scheme)
  uri.opaque = rest
  return uri
}

function parseTelUri(rest: string): Uri | undefined {
  const uri = new ParsedUri('tel')
  const semicolon = rest.indexOf(';')
  const number = semicolon < 0 ? rest : rest.slice(0, semicolon)
  if (!/^\+?[0-9a-fA-F*#().-]+$/.test(number)) return undefined
  uri.user = number
  return semicolon < 0 || readUriParameters(rest, semicolon, rest.length, uri.parameters) ? uri : undefined
}

function parseSipUri(scheme: string, rest: string): Uri | undefined {
  const uri = new ParsedUri(scheme)
  const at = rest.indexOf('@')
  let start = 0
  if (at >= 0) {
    if (!readUserInfo(rest.slice(0, at), uri)) return undefined
    start = at + 1
  }
  const question = rest.indexOf('?', start)
  const end = question < 0 ? rest.length : question
  const semicolon = rest.indexOf(';', start)
  const hostEnd = semicolon < 0 || semicolon > end ? end : semicolon
  const hostPort = parseHostPort(rest.slice(start, hostEnd))
  if (hostPort === undefined) return undefined
  uri.host = hostPort.host
  uri.port = hostPort.port
  if (hostEnd < end && !readUriParameters(rest, hostEnd, end, uri.parameters)) return undefined
  if (question >= 0 && !readUriHeaders(rest.slice(question + 1), uri.headers)) return undefined
  return uri
}

function readUserInfo(text: string, uri: Uri): boolean {
  const colon = text.indexOf(':')
  const userEnd = colon < 0 ? text.length : colon
  if (userEnd === 0 || !allIn(text, USER, 0, userEnd, true) || !hasSoundEscapes(text)) return false
  uri.user = unescape(text.slice(0, userEnd))
  if (colon < 0) return true
  if (!allIn(text, USER, colon + 1, text.length, true)) return false
  uri.password = unescape(text.slice(colon + 1))
  return true
}

/** Reads `;name=value;name` from the first semicolon on; the first of two parameters with one name is kept. */
function readUriParameters(text: string, start: number, end: number, parameters: Parameters): boolean {
  for (let at = start; at < end; ) {
    const next = text.indexOf(';', at + 1)
    const stop = next < 0 || next > end ? end : next
    const part = text.slice(at + 1, stop)
    at = stop
    if (part === '') continue
    const equals = part.indexOf('=')
    if (equals === 0 || !allIn(part, URI_PART, 0, part.length, true) || !hasSoundEscapes(part)) return false
    const name = unescape(equals < 0 ? part : part.slice(0, equals)).toLowerCase()
    if (parameters.has(name)) continue
    if (parameters.size >= messageLimits.parameters) return false
    parameters.set(name, equals < 0 ? undefined : unescape(part.slice(equals + 1)))
  }
  return true
}

function readUriHeaders(text: string, headers: Map<string, string>): boolean {
  for (const part of text.split('&', messageLimits.parameters + 1)) {
    const equals = part.indexOf('=')
    if (equals < 1 || headers.size >= messageLimits.parameters) return false
    for (let i = 0; i < part.length; i++) {
      const code = part.charCodeAt(i)
      if (!inClass(code, URI_PART) && !inClass(code, TOKEN) && code !== 59) return false
    }
    if (!hasSoundEscapes(part)) return false
    headers.set(unescape(part.slice(0, equals)), unescape(part.slice(equals + 1)))
  }
  return true
}

/** Parameters that must be in both URIs or in neither (RFC 3261 §19.1.4); `transport` is one, as a peer elsewhere is another. */
const mustMatch = ['user', 'ttl', 'method', 'maddr', 'transport']

/**
 * Whether two URIs are equivalent (RFC 3261 §19.1.4; tel: RFC 3966 §5).
 * @example sameUri(parseUri('sip:%61lice@A.com')!, parseUri('sip:alice@a.com')!) // true
 */
export function sameUri(a: Uri, b: Uri): boolean {
  if (a.scheme !== b.scheme || a.opaque !== b.opaque || a.host !== b.host || a.port !== b.port) return false
  if (a.scheme === 'tel') {
    if (bareNumber(a.user) !== bareNumber(b.user)) return false
  } else if (a.user !== b.user || a.password !== b.password) return false
  for (const [name, value] of a.parameters) {
    if (!b.parameters.has(name)) {
      if (a.scheme === 'tel' || mustMatch.includes(name)) return false
    } else if (value?.toLowerCase() !== b.parameters.get(name)?.toLowerCase()) return false
  }
  for (const name of b.parameters.keys()) {
    if (!a.parameters.has(name) && (a.scheme === 'tel' || mustMatch.includes(name))) return false
  }
  if (a.headers.size !== b.headers.size) return false
  const others = new Map([...b.headers].map(([name, value]) => [name.toLowerCase(), value]))
  for (const [name, value] of a.headers) if (others.get(name.toLowerCase()) !== value) return false
  return true
}

const bareNumber = (number: string | undefined): string | undefined => number?.replace(/[().-]/g, '').toLowerCase()
