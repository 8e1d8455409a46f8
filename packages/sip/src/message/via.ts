import { inClass, readNumber, TOKEN } from './characters.ts'
import { readHeaderParameters, skipBlanks, writeHeaderParameters } from './header-parameters.ts'
import { formatHost, type Parameters, parseHostPort } from './uri.ts'

/** One Via value (RFC 3261 §20.42). Its own copy: write it back with `headers.set` or `prepend` to change a message. */
export interface Via {
  /** `SIP/2.0` but for peers from elsewhere. */
  readonly version: string
  /** Upper case: `UDP`, `TCP`, `TLS`, `WS`, `WSS`, or another. */
  readonly protocol: string
  /** Sent-by host, lower case, IPv6 without brackets. */
  readonly host: string
  readonly port: number | undefined
  readonly branch: string | undefined
  /** IP literal without brackets. */
  readonly received: string | undefined
  /** Value of `rport`; undefined also when it is there without value (see `wantsRport`). */
  readonly rport: number | undefined
  /** Whether `rport` is there at all (RFC 3581 §4). */
  readonly wantsRport: boolean
  /** May be changed, e.g. to add `received`. */
  readonly parameters: Parameters
  toString(): string
}

class ParsedVia implements Via {
  readonly version: string
  readonly protocol: string
  readonly host: string
  readonly port: number | undefined
  readonly parameters: Parameters

  constructor(version: string, protocol: string, host: string, port: number | undefined, parameters: Parameters) {
    this.version = version
    this.protocol = protocol
    this.host = host
    this.port = port
    this.parameters = parameters
  }

  get branch(): string | undefined {
    return this.parameters.get('branch')
  }

  get received(): string | undefined {
    const received = this.parameters.get('received')
    return received?.startsWith('[') ? received.slice(1, -1) : received
  }

  get rport(): number | undefined {
    const rport = this.parameters.get('rport')
    return rport === undefined ? undefined : readNumber(rport, 65_535)
  }

  get wantsRport(): boolean {
    return this.parameters.has('rport')
  }

  toString(): string {
    return `${this.version}/${this.protocol} ${formatHost(this.host, this.port)}${writeHeaderParameters(this.parameters)}`
  }
}

/** Makes a Via of our own. */
export const makeVia = (protocol: string, host: string, port: number | undefined, parameters: Parameters): Via =>
  new ParsedVia('SIP/2.0', protocol.toUpperCase(), host, port, parameters)

/**
 * Reads one Via value; blanks around the slashes and the colon are allowed (RFC 3261 §25.1).
 * Undefined when malformed.
 */
export function parseVia(text: string): Via | undefined {
  let at = skipBlanks(text, 0)
  let version = 'SIP/2.0'
  if (text.startsWith('SIP/2.0/', at)) at = skipBlanks(text, at + 8)
  else {
    const name = readSlashed(text, at)
    const number = name === undefined ? undefined : readSlashed(text, name.next)
    if (name === undefined || number === undefined) return undefined
    version = `${name.word}/${number.word}`.toUpperCase()
    at = number.next
  }
  const protocolStart = at
  while (inClass(text.charCodeAt(at), TOKEN)) at++
  const protocol = text.slice(protocolStart, at).toUpperCase()
  const sentByStart = skipBlanks(text, at)
  if (protocol === '' || sentByStart === at) return undefined
  const semicolon = text.indexOf(';', sentByStart)
  const end = semicolon < 0 ? text.length : semicolon
  const hostPort = parseHostPort(closeColon(text.slice(sentByStart, end).trim()))
  if (hostPort === undefined) return undefined
  const parameters: Parameters = new Map()
  if (!readHeaderParameters(text, end, parameters, undefined)) return undefined
  return new ParsedVia(version, protocol, hostPort.host, hostPort.port, parameters)
}

/** Takes the blanks around the last colon away. */
function closeColon(sentBy: string): string {
  if (!sentBy.includes(' ') && !sentBy.includes('\t')) return sentBy
  const colon = sentBy.lastIndexOf(':')
  return colon < 0 ? sentBy : `${sentBy.slice(0, colon).trimEnd()}:${sentBy.slice(colon + 1).trimStart()}`
}

/** Reads a token and the slash behind it; `next` is the place after the slash's blanks. */
function readSlashed(text: string, start: number): { word: string; next: number } | undefined {
  let end = start
  while (inClass(text.charCodeAt(end), TOKEN)) end++
  const slash = skipBlanks(text, end)
  if (end === start || text.charCodeAt(slash) !== 47) return undefined
  return { word: text.slice(start, end), next: skipBlanks(text, slash + 1) }
}
