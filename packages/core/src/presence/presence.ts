import type { UserId } from '@vaxel/base'

/** What colleagues see of a person. `ringing` comes from the line alone; the others may also be chosen or claimed. */
export type PresenceState =
  | 'available'
  | 'ringing'
  | 'busy'
  | 'inMeeting'
  | 'doNotDisturb'
  | 'beRightBack'
  | 'away'
  | 'offline'

/** Why somebody is as they are, for screens to put into words; never with whom. */
export type PresenceReason =
  /** A device is registered and nothing else is known. */
  | 'free'
  /** No device is registered; also told of people who chose to look so. */
  | 'noDevice'
  | 'call.phone'
  | 'call.browser'
  | 'call'
  | 'ringing'
  /** The person said so. */
  | 'chosen'
  /** Do not disturb is set for calls. */
  | 'callHandling'
  | 'agent'
  | 'calendar'
  | 'teams'

/** What one source says of a person. */
export interface PresenceClaim {
  readonly state: Exclude<PresenceState, 'ringing'>
  /** Absent = unknown. */
  readonly sinceMs?: number
  /** It is over then; absent = until it is taken back. */
  readonly untilMs?: number
  readonly note?: string
  /** Where the person is, shown whatever wins; calendars know it. */
  readonly place?: string
  /** What the person is at, shown as the place is. */
  readonly title?: string
}

/** Sources outside telephony. */
export type OutsideSource = 'agent' | 'calendar' | 'teams'

/** Where calendars, Teams and queues say how people are. */
export interface PresenceSources {
  /** @param claim undefined takes back what the source said */
  set(userId: UserId, source: OutsideSource, claim: PresenceClaim | undefined): void
}

/** What the telephones of a person tell. */
export interface LineFacts {
  readonly isRegistered: boolean
  /** In a call, from dialling on. */
  readonly talking?: { readonly sinceMs: number; readonly device: 'phone' | 'browser' | undefined }
  readonly ringing?: { readonly sinceMs: number }
  /** Since when the line is free, or nothing is registered; absent = unknown. */
  readonly restingSinceMs?: number
}

/** Everything that is known of how one person is. */
export interface PresenceFacts {
  readonly line: LineFacts
  readonly chosen?: PresenceClaim
  readonly callHandling?: PresenceClaim
  readonly agent?: PresenceClaim
  readonly calendar?: PresenceClaim
  readonly teams?: PresenceClaim
}

/** How a person is now. */
export interface Presence {
  readonly state: PresenceState
  readonly why: PresenceReason
  /** Absent when it was so before the platform started. */
  readonly sinceMs?: number
  /** Ends by itself then. */
  readonly untilMs?: number
  /** In the person's own words. */
  readonly note?: string
  /** Where the person is, and what they are at, by their calendar. */
  readonly place?: string
  readonly title?: string
}
