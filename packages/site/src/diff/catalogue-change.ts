import type { Requirement, RequirementKind, SourceDate } from '../catalogue/requirement.ts'
import type { Said } from '../words/say.ts'
import type { ImpactKey } from './change-words.ts'

/** What to do about a change, in the order in which it is done: open, change, close, know. */
export type Step = 1 | 2 | 3 | 4

/** Nothing is closed that another requirement of the newer version still uses. */
export const steps = { openBefore: 1, change: 2, mayClose: 3, know: 4 } as const

/** `widened`: more is let through or accepted than before; `narrowed`: less. */
export type Effect = 'added' | 'removed' | 'changed' | 'widened' | 'narrowed'

/** What of a requirement changed; `requirement` and `option`: it came or went as a whole. */
export type Element =
  | 'option'
  | 'requirement'
  | 'address'
  | 'name'
  | 'port'
  | 'date'
  | 'product'
  | 'version'
  | 'value'
  | 'field'
  | 'level'
  | 'condition'
  | 'responsible'

/** One change between two versions of a catalogue. Texts of requirements are in the catalogue's own language. */
export interface CatalogueChange {
  /** Unique among the changes of two versions, and the same whenever these are compared. */
  readonly id: string
  /** Absent: an option of the catalogue changed. */
  readonly requirementId?: string
  readonly title: string
  readonly kind: RequirementKind | 'option'
  readonly responsible: Requirement['responsible']
  readonly disposition: 'add' | 'change' | 'remove'
  readonly effect: Effect
  readonly element: Element
  /** Name of the body's field, where one changed; for an address its end (`from`, `to`), for a port the protocol. */
  readonly field?: string
  /** As it was and as it is, in short: `49152-65535`; absent where there was or is none. */
  readonly before?: string
  readonly after?: string
  readonly step: Step
  /** It has to be open, or done, before this day (month, year). */
  readonly openBefore?: SourceDate
  /** It is needed until this day, and may be closed after. */
  readonly mayCloseAfter?: SourceDate
  /** The one of both that is there; else the day on which the newer version was published. */
  readonly by: SourceDate
  /** No day was announced: it holds since the newer version was published. */
  readonly atOnce: boolean
  /** What it means to the people of a site. */
  readonly impact: Said<ImpactKey>
}
