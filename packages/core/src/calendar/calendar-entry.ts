/** What a calendar says of somebody while an entry lasts, the strongest first. */
export type CalendarKind =
  /** Out of office. */
  | 'out'
  | 'busy'
  /** Not accepted yet. */
  | 'tentative'
  /** Working, at another place than usual. */
  | 'elsewhere'

/** One occurrence of an event, as a calendar has it; those during which its owner is free are none. */
export interface CalendarEntry {
  readonly startMs: number
  /** Later than the start. */
  readonly endMs: number
  readonly kind: CalendarKind
  /** Nobody is told its title and place (RFC 5545 §3.8.1.3). */
  readonly isPrivate?: true
  readonly title?: string
  readonly place?: string
}

/** What colleagues are shown beside that somebody is busy: nothing, the place, or the place and the title. */
export type CalendarShows = 'busy' | 'place' | 'all'
