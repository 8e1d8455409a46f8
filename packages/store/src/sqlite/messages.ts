/** One statement of a unit: number of the prepared statement, then its parameters. */
export type Write = readonly [statement: number, ...parameters: Parameter[]]
export type Parameter = string | number | null

/** An event before it has its number. */
export type EventRow = readonly [
  atMs: number,
  companyId: string,
  callId: string | null,
  kind: string,
  data: Readonly<Record<string, unknown>>,
]

/** What is written together or not at all. */
export type Unit = readonly [writes: readonly Write[], events: readonly EventRow[]]

/** What became of a unit: the number of its last event (or of the last one before it), or why it was refused, or that nothing is taken now. */
export type UnitOutcome = number | string | Away

/** The database takes nothing at the moment, whatever it is (full disk, lost connection); it may have been on its way. */
export interface Away {
  readonly away: string
  /** It may be this unit alone that is not taken: the place where it belongs is damaged. */
  readonly isDoubtful?: boolean
}

export const isAway = (outcome: UnitOutcome | undefined): outcome is Away => typeof outcome === 'object'

export type DatabaseRequest =
  | { readonly id: number; readonly op: 'open'; readonly file: string; readonly lockFile: string | undefined }
  | { readonly id: number; readonly op: 'query'; readonly sql: string; readonly parameters: readonly unknown[] }
  /** Answered by `chunk`s, then by an empty result. */
  | { readonly id: number; readonly op: 'each'; readonly sql: string; readonly parameters: readonly unknown[] }
  /** Statements are sent once and then named by their place in the list. */
  | { readonly id: number; readonly op: 'statements'; readonly first: number; readonly sql: readonly string[] }
  /** `units` as `flattenUnits` makes them. */
  | { readonly id: number; readonly op: 'commit'; readonly units: readonly Parameter[] }
  | { readonly id: number; readonly op: 'close' }

export type DatabaseReply =
  | { readonly id: number; readonly rows: readonly Record<string, unknown>[]; readonly changes: number }
  /** JSON of rows that are arrays: cheaper to hand over than objects, and read while the next are fetched. */
  | { readonly id: number; readonly chunk: string }
  | { readonly id: number; readonly outcomes: readonly UnitOutcome[] }
  | { readonly id: number; readonly error: string; readonly code?: string }
