import type { Clock } from '@vaxel/base'
import type { CalendarAnswer, CalendarDoor, CalendarQuestion, CalendarTrouble, CalendarVersion } from '@vaxel/core'
import { GuardedNames } from '../http/guarded-names.ts'
import { CalendarThread } from './calendar-thread.ts'
import { CalendarFault, type CalendarRequest, type CalendarResponse, fetchCalendar } from './fetch-calendar.ts'
import { calendarQuery } from './multistatus.ts'

/** For name, connection and answer together. */
const usualLimitMs = 20_000

/** Calendars at servers of others: asked over HTTP, read in a thread of their own. */
export class NetworkCalendars implements CalendarDoor {
  readonly #names: GuardedNames
  readonly #thread: CalendarThread
  readonly #limitMs: number

  /** @param options `allowedNetworks`: inner networks in which calendar servers may be; `limitMs`: for one answer */
  constructor(options: {
    clock: Clock
    allowedNetworks: readonly string[]
    dnsServers?: readonly string[] | undefined
    limitMs?: number
  }) {
    this.#names = new GuardedNames(options)
    this.#thread = new CalendarThread({ clock: options.clock })
    this.#limitMs = options.limitMs ?? usualLimitMs
  }

  async read(question: CalendarQuestion, signal: AbortSignal): Promise<CalendarAnswer> {
    try {
      const until = AbortSignal.any([signal, AbortSignal.timeout(this.#limitMs)])
      return await this.#readAnswer(await fetchCalendar(this.#names, requestOf(question), until), question)
    } catch (error) {
      return { kind: 'failed', trouble: error instanceof CalendarFault ? error.trouble : 'unreachable' }
    }
  }

  async close(): Promise<void> {
    this.#names.close()
    await this.#thread.close()
  }

  async #readAnswer(answer: CalendarResponse, question: CalendarQuestion): Promise<CalendarAnswer> {
    const { status } = answer
    if (status === 304 && question.known) return { kind: 'unchanged' }
    const trouble = troubleOf(status, question.protocol)
    if (trouble) return { kind: 'failed', trouble, status }
    const { fromMs, toMs, timeZone, owner, protocol } = question
    const reading = await this.#thread.read(protocol, answer.bytes, { fromMs, toMs, timeZone, owner })
    switch (reading.kind) {
      case 'read':
        return { ...reading, ...versionOf(answer) }
      case 'closed':
        return { kind: 'failed', trouble: 'unreachable' }
      default:
        return { kind: 'failed', trouble: reading.kind }
    }
  }
}

function requestOf({ protocol, access, fromMs, toMs, known }: CalendarQuestion): CalendarRequest {
  const { address, login, password } = access
  const proof = login === undefined ? undefined : Buffer.from(`${login}:${password ?? ''}`).toString('base64')
  const authorization = proof === undefined ? {} : { authorization: `Basic ${proof}` }
  if (protocol === 'caldav')
    return {
      address,
      method: 'REPORT',
      headers: { 'content-type': 'application/xml; charset=utf-8', depth: '1', accept: 'application/xml, text/xml' },
      body: calendarQuery(fromMs, toMs),
      ...authorization,
    }
  return {
    address,
    method: 'GET',
    headers: {
      accept: 'text/calendar, */*;q=0.5',
      ...(known?.etag === undefined ? {} : { 'if-none-match': known.etag }),
      ...(known?.modified === undefined ? {} : { 'if-modified-since': known.modified }),
    },
    ...authorization,
  }
}

function troubleOf(status: number, protocol: CalendarQuestion['protocol']): CalendarTrouble | undefined {
  if (status === 401 || status === 403) return 'login'
  if (status === 404 || status === 410) return 'notFound'
  if (status === 207 && protocol === 'caldav') return undefined
  if (status === 200 && protocol === 'feed') return undefined
  // A server that knows no REPORT, or answers it as if it were a page.
  if (status < 500 && status !== 429 && status !== 408) return 'notCalendar'
  return 'server'
}

function versionOf({ headers }: CalendarResponse): { version?: CalendarVersion } {
  const { etag, 'last-modified': modified } = headers
  if (etag === undefined && modified === undefined) return {}
  return { version: { ...(etag === undefined ? {} : { etag }), ...(modified === undefined ? {} : { modified }) } }
}
