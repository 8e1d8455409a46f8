import { isBlank } from './characters.ts'
import {
  endOfQuoted,
  isBareValueFrom,
  type QuotedNames,
  quote,
  readHeaderParameters,
  skipBlanks,
  unquote,
  writeHeaderParameters,
} from './header-parameters.ts'
import { messageLimits } from './message-limits.ts'
import { type Parameters, parseUri, type Uri } from './uri.ts'

/** One address of From, To, Contact, Route, Refer-To …: a URI with a name before and parameters behind (RFC 3261 §20.10). */
export interface NameAddress {
  /** Without quotes. */
  displayName: string | undefined
  uri: Uri
  /** Parameters of the header field, not of the URI; names in lower case, values without quotes. */
  parameters: Parameters
  tag: string | undefined
  /** Always with `<>`. */
  toString(): string
}

class ParsedNameAddress implements NameAddress {
  displayName: string | undefined
  uri: Uri
  #parameters: Parameters | undefined
  /** While it is the only parameter, as with most: then there is no map of them. */
  #onlyTag: string | undefined
  readonly #quoted: QuotedNames | undefined

  constructor(
    displayName: string | undefined,
    uri: Uri,
    from: {
      readonly parameters?: Parameters | undefined
      readonly quoted?: QuotedNames | undefined
      readonly onlyTag?: string
    } = {},
  ) {
    this.displayName = displayName
    this.uri = uri
    this.#parameters = from.parameters
    this.#onlyTag = from.onlyTag
    this.#quoted = from.quoted
  }

  get parameters(): Parameters {
    if (this.#parameters === undefined) {
      this.#parameters = new Map()
      if (this.#onlyTag !== undefined) this.#parameters.set('tag', this.#onlyTag)
    }
    return this.#parameters
  }

  set parameters(parameters: Parameters) {
    this.#parameters = parameters
  }

  get tag(): string | undefined {
    return this.#parameters === undefined ? this.#onlyTag : this.#parameters.get('tag')
  }

  set tag(value: string | undefined) {
    if (this.#parameters === undefined) this.#onlyTag = value
    else if (value === undefined) this.#parameters.delete('tag')
    else this.#parameters.set('tag', value)
  }

  toString(): string {
    const name = this.displayName === undefined || this.displayName === '' ? '' : `${quote(this.displayName)} `
    const hasAny = this.#parameters !== undefined || this.#onlyTag !== undefined
    return `${name}<${this.uri.toString()}>${hasAny ? writeHeaderParameters(this.parameters, this.#quoted) : ''}`
  }
}

export const makeNameAddress = (uri: Uri, displayName?: string, parameters?: Parameters): NameAddress =>
  new ParsedNameAddress(displayName, uri, { parameters })

/**
 * Reads one name-addr or addr-spec with its parameters. Without `<>`, everything from the first semicolon on is parameters
 * of the header field, and a comma or question mark is refused (RFC 3261 §20).
 * Undefined when malformed.
 * @example parseNameAddress('"Anna" <sip:201@demo.test;lr>;tag=9')?.tag // '9'
 */
export function parseNameAddress(text: string): NameAddress | undefined {
  let at = skipBlanks(text, 0)
  let displayName: string | undefined
  if (text.charCodeAt(at) === 34) {
    const end = endOfQuoted(text, at)
    if (end < 0) return undefined
    displayName = unquote(text.slice(at + 1, end))
    at = skipBlanks(text, end + 1)
    if (text.charCodeAt(at) !== 60) return undefined
  } else if (text.charCodeAt(at) !== 60) {
    const open = text.indexOf('<', at)
    const nameEnd = open < 0 ? -1 : endOfPlainName(text, at, open)
    if (nameEnd < 0) return parseBareAddress(text, at)
    displayName = text.slice(at, open).trim()
    at = open
  }
  const close = text.indexOf('>', at)
  if (close < 0) return undefined
  const uri = parseUri(text.slice(at + 1, close))
  if (uri === undefined) return undefined
  return withParameters(displayName, uri, text, close + 1)
}

/**
 * Whether a name without quotes may stand there. More than the tokens of the grammar: phones also write brackets, slashes and
 * 8-bit characters. What would change where the name ends is refused.
 * @returns `end` or -1
 */
function endOfPlainName(text: string, start: number, end: number): number {
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i)
    if (
      code === 34 ||
      code === 44 ||
      code === 59 ||
      code === 92 ||
      code === 62 ||
      code === 127 ||
      (code < 32 && code !== 9)
    )
      return -1
  }
  return end
}

function parseBareAddress(text: string, start: number): NameAddress | undefined {
  let end = start
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end)
    if (code === 59 || isBlank(code)) break
    if (code === 44 || code === 63 || code === 60 || code === 62 || code === 34) return undefined
  }
  if (end - start > messageLimits.uriLength) return undefined
  const uri = parseUri(text.slice(start, end))
  return uri === undefined ? undefined : withParameters(undefined, uri, text, end)
}

function withParameters(
  displayName: string | undefined,
  uri: Uri,
  text: string,
  start: number,
): NameAddress | undefined {
  if (start === text.length) return new ParsedNameAddress(displayName, uri)
  if (text.startsWith(';tag=', start) && isBareValueFrom(text, start + 5))
    return new ParsedNameAddress(displayName, uri, { onlyTag: text.slice(start + 5) })
  const parameters: Parameters = new Map()
  const quoted: QuotedNames | undefined = text.indexOf('"', start) < 0 ? undefined : new Set()
  return readHeaderParameters(text, start, parameters, quoted)
    ? new ParsedNameAddress(displayName, uri, { parameters, quoted })
    : undefined
}
