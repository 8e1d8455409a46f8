import { once } from 'node:events'
import { type IncomingMessage, request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { CalendarTrouble } from '@vaxel/core'
import { type GuardedNames, InnerAddressError, lookupIn, UnknownNameError } from '../http/guarded-names.ts'

const mostRedirects = 3
/** As it is sent, and unpacked. A calendar of 20,000 events has some 8 MB. */
export const mostCalendarBytes = 24 * 1024 * 1024

export interface CalendarRequest {
  /** `http:`, `https:` or `webcal:`. */
  readonly address: string
  readonly method: 'GET' | 'REPORT'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** For the first server alone: it is not sent on to another one. */
  readonly authorization?: string
}

export interface CalendarResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly bytes: Uint8Array
}

/** Why there is no answer. */
export class CalendarFault extends Error {
  readonly trouble: CalendarTrouble

  constructor(trouble: CalendarTrouble) {
    super(trouble)
    this.trouble = trouble
  }
}

/**
 * Asks a calendar's server. Every address that it leads to, redirections included, must be one that may be turned to; without TLS only servers
 * of inner networks that the operator has allowed are asked. Throws {@link CalendarFault}.
 */
export async function fetchCalendar(
  names: GuardedNames,
  request: CalendarRequest,
  signal: AbortSignal,
): Promise<CalendarResponse> {
  let url = urlOf(request.address)
  const { origin } = url
  for (let turns = 0; turns <= mostRedirects; turns++) {
    const answer = await send(names, url, request, url.origin === origin, signal)
    const status = answer.statusCode ?? 0
    const { location } = answer.headers
    if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return await read(answer, status, signal)
    answer.destroy()
    const next = urlOf(location, url)
    if (url.protocol === 'https:' && next.protocol !== 'https:') throw new CalendarFault('insecure')
    url = next
  }
  throw new CalendarFault('redirects')
}

/** Throws for what is no address of a calendar. A name and a password within it are no part of it. */
function urlOf(address: string, base?: URL): URL {
  const url = URL.parse(address.replace(/^webcals?:/i, 'https:'), base?.href)
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new CalendarFault('address')
  url.hash = ''
  return url
}

async function send(
  names: GuardedNames,
  url: URL,
  { method, headers, body, authorization }: CalendarRequest,
  isFirst: boolean,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const isSecure = url.protocol === 'https:'
  try {
    const all = await names.addressesOf(url.hostname.replace(/^\[|\]$/g, ''))
    const found = isSecure ? all : all.filter(({ address }) => names.isInner(address))
    if (found.length === 0) throw new CalendarFault('insecure')
    signal.throwIfAborted()
    const sent = (isSecure ? secureRequest : plainRequest)(url, {
      method,
      headers: {
        'user-agent': 'Vaxel',
        'accept-encoding': 'gzip, deflate, br',
        ...headers,
        ...(authorization === undefined || !isFirst ? {} : { authorization }),
        ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      },
      lookup: lookupIn(found),
      signal,
      agent: false,
      maxHeaderSize: 32_768,
    })
    const answered = once(sent, 'response') as Promise<[IncomingMessage]>
    // What goes wrong once the answer has begun is told by the answer.
    sent.on('error', () => {})
    sent.end(body)
    return (await answered)[0]
  } catch (error) {
    throw faultOf(error, signal)
  }
}

async function read(answer: IncomingMessage, status: number, signal: AbortSignal): Promise<CalendarResponse> {
  const headers = answer.headers as Record<string, string | undefined>
  const unpack = unpackerOf(headers['content-encoding'])
  let sent = 0
  answer.on('data', (chunk: Buffer) => {
    sent += chunk.length
    if (sent > mostCalendarBytes) answer.destroy(new CalendarFault('tooLarge'))
  })
  const source = unpack ? answer.pipe(unpack) : answer
  if (unpack) answer.on('error', (error) => unpack.destroy(error))
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > mostCalendarBytes) throw new CalendarFault('tooLarge')
      chunks.push(chunk)
    }
  } catch (error) {
    throw faultOf(error, signal)
  } finally {
    answer.destroy()
    unpack?.destroy()
  }
  return { status, headers, bytes: Buffer.concat(chunks) }
}

function unpackerOf(encoding: string | undefined): Transform | undefined {
  switch (encoding?.trim().toLowerCase()) {
    case undefined:
    case '':
    case 'identity':
      return undefined
    case 'gzip':
    case 'x-gzip':
      return createGunzip()
    case 'deflate':
      return createInflate()
    case 'br':
      return createBrotliDecompress()
    default:
      throw new CalendarFault('notCalendar')
  }
}

function faultOf(error: unknown, signal: AbortSignal): CalendarFault {
  if (error instanceof CalendarFault) return error
  if (error instanceof InnerAddressError) return new CalendarFault('network')
  if (error instanceof UnknownNameError) return new CalendarFault('address')
  const { name, code = '' } = error as { name?: string; code?: string }
  if (signal.aborted || name === 'AbortError' || name === 'TimeoutError' || code === 'ETIMEDOUT')
    return new CalendarFault('timeOut')
  if (/^Z_|^ERR_BROTLI|^BROTLI/i.test(code)) return new CalendarFault('notCalendar')
  if (/EPROTO|CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME|SSL|TLS/.test(code)) return new CalendarFault('certificate')
  return new CalendarFault('unreachable')
}
