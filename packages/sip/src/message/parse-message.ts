import { allIn, isBlank, isToken, readNumber, TOKEN } from './characters.ts'
import { HeaderList } from './header-list.ts'
import { canonicalName, knownNameAt } from './header-names.ts'
import { messageLimits } from './message-limits.ts'
import { isCallId, SipRequest, SipResponse } from './sip-message.ts'
import { parseUri } from './uri.ts'
import { parseVia } from './via.ts'

export type ParseOutcome = { readonly ok: true; readonly message: SipRequest | SipResponse } | ParseFault

export interface ParseFault {
  readonly ok: false
  /** Byte offset, or where the header field begins; 0 when the whole is meant. */
  readonly at: number
  /** A phrase for a person, fit as reason phrase of the answer. */
  readonly reason: string
  /** There when its top Via is sound, so that makeResponse can answer; never for ACK. It is excused: what is unsound in it has stand-ins. */
  readonly request?: SipRequest
  /** What to answer: 400, 505 for another version, 413 or 513 for sizes. */
  readonly status?: number
}

const CR = 13
const LF = 10

/**
 * Reads one SIP message from a datagram or one framed message of a stream (RFC 3261 §7, §18.3, §25).
 * The mandatory fields and all addresses of a route (Via, From, To, Call-ID, CSeq, Contact, Route, Record-Route,
 * Max-Forwards, Content-Length) are checked; a missing Max-Forwards is let through. Other fields are kept as text.
 * Bytes behind Content-Length are dropped (§18.3); too few are a fault. Never throws; time is linear in the size.
 */
export function parseMessage(bytes: Uint8Array): ParseOutcome {
  if (bytes.length > messageLimits.sizeBytes) return fault(0, 'message too large')
  let start = 0
  while (bytes[start] === CR && bytes[start + 1] === LF) start += 2
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headEnd = buffer.indexOf('\r\n\r\n', start, 'latin1')
  if (headEnd < 0) return fault(start, 'no end of header fields')
  const head = buffer.toString('utf8', start, headEnd + 2)
  const body = headEnd + 4 === bytes.length ? emptyBody : bytes.subarray(headEnd + 4)
  const lineEnd = head.indexOf('\r\n')
  const fields = readFields(head, lineEnd + 2)
  const headers = new HeaderList(fields.names, fields.values)
  return head.startsWith('SIP/')
    ? readResponse(head.slice(0, lineEnd), headers, body, fields.fault)
    : readRequest(head.slice(0, lineEnd), headers, body, fields.fault)
}

const emptyBody = new Uint8Array(0)

interface Fault {
  at: number
  reason: string
  status: number
}

function fault(at: number, reason: string): ParseFault {
  return { ok: false, at, reason }
}

/** Cuts the head into names and unfolded values; stops at the first fault and keeps what it had. */
function readFields(head: string, from: number): { names: string[]; values: string[]; fault: Fault | undefined } {
  const names: string[] = []
  const values: string[] = []
  const stop = (at: number, reason: string, status = 400) => ({ names, values, fault: { at, reason, status } })
  for (let at = from; at < head.length; ) {
    const colon = head.indexOf(':', at)
    let end = lineEndFrom(head, at)
    if (end < 0) return stop(at, loneBreak)
    if (colon < 0 || colon > end) return stop(at, 'header line without a colon')
    let nameEnd = colon
    while (nameEnd > at && isBlank(head.charCodeAt(nameEnd - 1))) nameEnd--
    const known = knownNameAt(head, at, nameEnd)
    if (known === undefined && (nameEnd === at || !allIn(head, TOKEN, at, nameEnd)))
      return stop(at, 'malformed header name')
    let value = sliceTrimmed(head, colon + 1, end)
    if (isBlank(head.charCodeAt(end + 2))) {
      const pieces = [value]
      while (isBlank(head.charCodeAt(end + 2))) {
        const next = lineEndFrom(head, end + 2)
        if (next < 0) return stop(at, loneBreak)
        const piece = sliceTrimmed(head, end + 2, next)
        if (piece !== '') pieces.push(piece)
        end = next
      }
      value = (value === '' ? pieces.slice(1) : pieces).join(' ')
    }
    if (end - at > messageLimits.headerLength || names.length >= messageLimits.headers) {
      return stop(at, 'header fields too large', 513)
    }
    names.push(known ?? canonicalName(head.slice(at, nameEnd)))
    values.push(value)
    at = end + 2
  }
  return { names, values, fault: undefined }
}

const loneBreak = 'lone CR or LF in a header field'

/** Place of the CRLF that ends the line, or -1 when a lone CR or LF comes before it, which others might read as its end. */
function lineEndFrom(head: string, at: number): number {
  const end = head.indexOf('\r', at)
  return head.indexOf('\n', at) === end + 1 ? end : -1
}

function sliceTrimmed(text: string, from: number, to: number): string {
  let start = from
  let end = to
  while (start < end && isBlank(text.charCodeAt(start))) start++
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--
  return text.slice(start, end)
}

function readRequest(line: string, headers: HeaderList, body: Uint8Array, fieldFault: Fault | undefined): ParseOutcome {
  const first = line.indexOf(' ')
  const last = line.lastIndexOf(' ')
  if (first < 1 || !isToken(line.slice(0, first))) return fault(0, 'malformed request line')
  const method = line.slice(0, first)
  const uri = last > first ? line.slice(first + 1, last) : ''
  const request = new SipRequest(method, uri, headers, body)
  const found = fieldFault ?? checkRequestLine(line, first, last) ?? checkFields(request) ?? cutBody(request)
  return found === undefined ? { ok: true, message: request } : answerable(request, found)
}

function checkRequestLine(line: string, first: number, last: number): Fault | undefined {
  const version = line.slice(last + 1)
  const uri = line.slice(first + 1, last)
  if (last === first) return { at: 0, reason: 'malformed request line', status: 400 }
  if (version !== 'SIP/2.0' && version.toUpperCase() !== 'SIP/2.0') {
    return /^SIP\/\d+\.\d+$/i.test(version)
      ? { at: last + 1, reason: 'Version Not Supported', status: 505 }
      : { at: 0, reason: 'malformed request line', status: 400 }
  }
  if (uri.length > messageLimits.uriLength) return { at: first + 1, reason: 'Request-URI Too Long', status: 414 }
  const parsed = parseUri(uri)
  if (parsed === undefined) return { at: first + 1, reason: 'malformed Request-URI', status: 400 }
  if (parsed.headers.size > 0) return { at: first + 1, reason: 'header fields in the Request-URI', status: 400 }
  return undefined
}

function readResponse(
  line: string,
  headers: HeaderList,
  body: Uint8Array,
  fieldFault: Fault | undefined,
): ParseOutcome {
  if (!/^SIP\/2\.0 [1-6]\d\d(?: [^\r\n]*)?$/.test(line)) return fault(0, 'malformed status line')
  const response = new SipResponse(Number(line.slice(8, 11)), line.slice(12), headers, body)
  const found = fieldFault ?? checkFields(response) ?? cutBody(response)
  return found === undefined ? { ok: true, message: response } : fault(found.at, found.reason)
}

/** Fields that must be there once and only once. */
const singleFields = ['From', 'To', 'Call-ID', 'CSeq'] as const

function checkFields(message: SipRequest | SipResponse): Fault | undefined {
  const { headers } = message
  for (const name of singleFields) {
    const count = headers.count(name)
    if (count !== 1) return bad(count === 0 ? `missing ${name}` : `more than one ${name}`)
  }
  if (!headers.has('Via')) return bad('missing Via')
  if (headers.count('Max-Forwards') > 1) return bad('more than one Max-Forwards')
  if (!isCallId(headers.get('Call-ID')!)) return bad('malformed Call-ID')
  const malformed = message.findMalformed()
  if (malformed !== undefined) return bad(`malformed ${malformed}`)
  if (message.kind === 'request') {
    if (message.cseq.method !== message.method) return bad('CSeq method does not match')
    if (headers.has('Max-Forwards') && message.maxForwards === undefined) return bad('malformed Max-Forwards')
  }
  return undefined
}

const bad = (reason: string): Fault => ({ at: 0, reason, status: 400 })

/** Applies Content-Length (RFC 3261 §18.3, §20.14). */
function cutBody(message: SipRequest | SipResponse): Fault | undefined {
  const lengths = message.headers.getAll('Content-Length')
  if (lengths.length === 0) return undefined
  const length = readNumber(lengths[0]!, messageLimits.sizeBytes)
  if (length === undefined || lengths.some((other) => other !== lengths[0])) return bad('malformed Content-Length')
  if (length > message.body.length) return bad('body shorter than Content-Length')
  if (length < message.body.length) message.body = message.body.subarray(0, length)
  return undefined
}

/**
 * The fault, with the request if an answer can find its way back (RFC 3261 §18.2.2: the top Via). What else is missing
 * is missing in the answer too (RFC 4475 §3.3.1).
 */
function answerable(request: SipRequest, found: Fault): ParseFault {
  const via = request.headers.get('Via')
  return request.method !== 'ACK' && via !== undefined && parseVia(via) !== undefined
    ? { ok: false, at: found.at, reason: found.reason, request: request.excuse(), status: found.status }
    : { ok: false, at: found.at, reason: found.reason }
}
