import type { CompanyId, UserId } from '@vaxel/base'
import type { CalendarEntry, CalendarShows } from '../calendar/calendar-entry.ts'
import type { LedgerEvent } from './call-ledger.ts'

/** `feed`: one iCalendar file (RFC 5545). `caldav`: a calendar collection that is asked (RFC 4791). */
export type CalendarProtocol = 'feed' | 'caldav'

/** Somebody's calendar at another server. */
export interface CalendarAccount {
  readonly userId: UserId
  readonly companyId: CompanyId
  readonly protocol: CalendarProtocol
  /** Host and port of the address, which people may see; the address itself is a secret. */
  readonly server: string
  readonly shows: CalendarShows
  readonly changedAtMs: number
}

/** What opens a calendar: whoever knows the address of a feed reads it. */
export interface CalendarAccess {
  readonly address: string
  readonly login?: string
  readonly password?: string
}

/** Calendars of people: all in memory, what opens them sealed. */
export interface CalendarStore {
  of(userId: UserId): CalendarAccount | undefined
  ofCompany(companyId: CompanyId): readonly CalendarAccount[]
  all(): readonly CalendarAccount[]
  access(userId: UserId): CalendarAccess | undefined
  /** Resolves when durable. */
  put(account: CalendarAccount, access: CalendarAccess, event: LedgerEvent): Promise<void>
  remove(account: CalendarAccount, event: LedgerEvent): Promise<void>
}

/** What is asked of a calendar's server. */
export interface CalendarQuestion {
  readonly protocol: CalendarProtocol
  readonly access: CalendarAccess
  readonly fromMs: number
  readonly toMs: number
  /** IANA name: in which days without a time are meant, and times without a zone. */
  readonly timeZone: string
  /** Addresses of the owner: an invitation that they declined keeps nobody busy. */
  readonly owner: readonly string[]
  /** What the last answer was known by, when the same stretch of time is asked for. */
  readonly known?: CalendarVersion
}

/** ETag and Last-Modified of an answer (RFC 9110 §8.8). */
export interface CalendarVersion {
  readonly etag?: string
  readonly modified?: string
}

/** Why a calendar cannot be read; screens have a sentence for each. */
export type CalendarTrouble =
  | 'address'
  | 'network'
  | 'insecure'
  | 'unreachable'
  | 'certificate'
  | 'timeOut'
  | 'login'
  | 'notFound'
  | 'redirects'
  | 'server'
  | 'notCalendar'
  | 'tooLarge'
  | 'tooHard'

/** `unread`: entries that could not be understood. `isCut`: there are more entries than are looked at. */
export type CalendarAnswer =
  | {
      readonly kind: 'read'
      readonly entries: readonly CalendarEntry[]
      readonly unread: number
      readonly isCut: boolean
      readonly version?: CalendarVersion
    }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'failed'; readonly trouble: CalendarTrouble; readonly status?: number }

/** The way to calendars of others: kept from our own networks, bounded in time and size; never throws. */
export interface CalendarDoor {
  read(question: CalendarQuestion, signal: AbortSignal): Promise<CalendarAnswer>
}
