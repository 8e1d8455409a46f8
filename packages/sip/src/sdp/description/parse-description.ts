import type { Attribute, Connection, MediaDescription, Origin, SessionDescription } from './session-description.ts'

/** Bounds on what is read; a browser's offer with video has some 200 lines and 8 kB. */
export const descriptionLimits = { sizeCharacters: 65_536, lines: 1_500, media: 32, formats: 128 } as const

export type ParsedDescription =
  | { readonly ok: true; readonly description: SessionDescription }
  /** `line` counts from 1; 0 = the text as a whole. */
  | { readonly ok: false; readonly line: number; readonly reason: string }

class Fault {
  readonly reason: string
  constructor(reason: string) {
    this.reason = reason
  }
}

interface Draft {
  connection?: Connection
  attributes: Attribute[]
}

/**
 * Reads a session description (RFC 8866 §5). Tolerant where phones are careless: bare LF, blank lines at the end,
 * spaces at line ends, missing `s=` and `t=`, lines out of order within their section, unknown line types.
 * Refuses, with the line: a NUL or CR within a line (§9), a missing `v=0`, `o=` or malformed `o=`, `c=`, `m=` and `a=`, and whatever is over the limits.
 */
export function parseDescription(text: string): ParsedDescription {
  if (text.length > descriptionLimits.sizeCharacters)
    return { ok: false, line: 0, reason: 'longer than 65536 characters' }
  const lines = text.split('\n', descriptionLimits.lines + 1)
  if (lines.length > descriptionLimits.lines) return { ok: false, line: 0, reason: 'more than 1500 lines' }
  const mayBreakLines = /\0|\r[^\r\n]/.test(text)
  let versionSeen = false
  let origin: Origin | undefined
  let name = '-'
  const session: Draft = { attributes: [] }
  const media: (Omit<MediaDescription, 'attributes' | 'connection'> & Draft)[] = []
  let section: Draft = session

  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!.trimEnd()
    if (line === '') continue
    const refuse = (reason: string): ParsedDescription => ({ ok: false, line: index + 1, reason })
    // What is repeated in an answer would break out of its line there.
    if (mayBreakLines && /[\0\r]/.test(line)) return refuse('a control character that no line may hold')
    if (line.length < 2 || line[1] !== '=') return refuse('not of the form letter=value')
    const type = line[0]!
    const value = line.slice(2).trimStart()
    if (!versionSeen) {
      if (type !== 'v') return refuse('v= must come first')
      if (value !== '0') return refuse('version is not 0')
      versionSeen = true
      continue
    }
    switch (type) {
      case 'o': {
        if (origin) return refuse('second o= line')
        const parsed = parseOrigin(value)
        if (parsed instanceof Fault) return refuse(parsed.reason)
        origin = parsed
        break
      }
      case 's':
        name = value || '-'
        break
      case 'c': {
        const parsed = parseConnection(value)
        if (parsed instanceof Fault) return refuse(parsed.reason)
        section.connection ??= parsed
        break
      }
      case 'a': {
        const attribute = parseAttribute(value)
        if (!attribute) return refuse('attribute without a name')
        section.attributes.push(attribute)
        break
      }
      case 'm': {
        if (media.length === descriptionLimits.media) return refuse('more than 32 media descriptions')
        const parsed = parseMedia(value)
        if (parsed instanceof Fault) return refuse(parsed.reason)
        const next = { ...parsed, attributes: [] }
        media.push(next)
        section = next
        break
      }
      default:
        if (type < 'a' || type > 'z') return refuse('unknown line type')
    }
  }
  if (!versionSeen) return { ok: false, line: 0, reason: 'empty' }
  if (!origin) return { ok: false, line: 0, reason: 'no o= line' }
  const { connection, attributes } = session
  return { ok: true, description: { origin, name, ...(connection && { connection }), attributes, media } }
}

function parseOrigin(value: string): Origin | Fault {
  const parts = value.split(/ +/)
  if (parts.length < 6) return new Fault('o= needs six fields')
  // A user name with spaces is a common fault; the five fields at the end are what counts.
  const [sessionId, sessionVersion, network, addressType, address] = parts.slice(-5) as [
    string,
    string,
    string,
    string,
    string,
  ]
  if (!isDigits(sessionId) || !isDigits(sessionVersion)) return new Fault('o= identifiers are not numbers')
  const family = addressFamily(network, addressType)
  if (!family || !isHost(address)) return new Fault('o= address is not understood')
  return { username: parts[0] || '-', sessionId, sessionVersion, family, address }
}

function parseConnection(value: string): Connection | Fault {
  const parts = value.split(/ +/, 4)
  if (parts.length !== 3) return new Fault('c= needs three fields')
  const family = addressFamily(parts[0]!, parts[1]!)
  const address = parts[2]!.split('/', 1)[0]!
  if (!family || !isHost(address)) return new Fault('c= address is not understood')
  return { family, address }
}

function addressFamily(network: string, addressType: string): 4 | 6 | undefined {
  if (network.toUpperCase() !== 'IN') return undefined
  const type = addressType.toUpperCase()
  return type === 'IP4' ? 4 : type === 'IP6' ? 6 : undefined
}

function parseMedia(value: string): Omit<MediaDescription, 'attributes' | 'connection'> | Fault {
  const parts = value.split(/ +/, descriptionLimits.formats + 4)
  if (parts.length > descriptionLimits.formats + 3) return new Fault('more than 128 formats')
  if (parts.length < 4) return new Fault('m= needs media, port, protocol and a format')
  const port = parsePort(parts[1]!.split('/', 1)[0]!)
  if (port === undefined) return new Fault('m= port is not 0 to 65535')
  if (!/^[A-Za-z0-9/_.-]{1,64}$/.test(parts[2]!)) return new Fault('m= protocol is not understood')
  if (!isToken(parts[0]!)) return new Fault('m= media is not a token')
  return { kind: parts[0]!.toLowerCase(), port, protocol: parts[2]!, formats: parts.slice(3) }
}

function parseAttribute(value: string): Attribute | undefined {
  const colon = value.indexOf(':')
  const name = colon < 0 ? value : value.slice(0, colon)
  if (!isToken(name)) return undefined
  return colon < 0 ? { name } : { name, value: value.slice(colon + 1).trim() }
}

/** Decimal port, 0 to 65535. */
export function parsePort(text: string): number | undefined {
  if (!allIn(text, digit, 5)) return undefined
  const port = Number(text)
  return port <= 65_535 ? port : undefined
}

/** Character classes of RFC 8866 §9 as bits, for code units below 128: looked up, as every line of every description is. */
const digit = 1
const token = 2
const host = 4
const classes = new Uint8Array(128)
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code)
  if (/[0-9]/.test(character)) classes[code]! |= digit
  if (/[!#-'*+\-.0-9A-Z^-~]/.test(character)) classes[code]! |= token
  if (/[A-Za-z0-9:.%_-]/.test(character)) classes[code]! |= host
}

function allIn(text: string, bit: number, longest: number): boolean {
  if (text.length === 0 || text.length > longest) return false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 127 || (classes[code]! & bit) === 0) return false
  }
  return true
}

const isDigits = (text: string): boolean => allIn(text, digit, 40)
const isToken = (text: string): boolean => allIn(text, token, 128)
const isHost = (text: string): boolean => allIn(text, host, 255)
