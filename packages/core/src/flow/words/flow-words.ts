import type { CutReason } from '../advance.ts'
import type { FindingCode } from '../check/finding.ts'
import type { DifferenceKind } from '../diff-flows.ts'
import type { FlowNodeKind } from '../flow.ts'
import type { LandingKind } from '../simulate.ts'

/** What a sentence is about. Values are as the model has them: a language makes its own words of states, keys and days. */
export type WordParams = Readonly<Record<string, string | number>>
export type Say = (params: WordParams) => string

/** What a node decided or did. */
export type DecisionCode =
  | 'as-then'
  | 'time-open'
  | 'time-closed'
  | 'holiday'
  | 'no-holiday'
  | 'presence'
  | 'caller-fits'
  | 'caller-fits-not'
  | 'language-is'
  | 'spend-over'
  | 'spend-under'
  | 'variable-fits'
  | 'variable-fits-not'
  | 'lookup-answered'
  | 'lookup-failed'
  | 'lookup-time-out'
  | 'announced'
  | 'pressed'
  | 'nothing-pressed'
  | 'wrong-pressed'
  | 'entered'
  | 'rings'
  | 'queued'
  | 'to-voicemail'
  | 'forwards'
  | 'came-back-busy'
  | 'came-back-noAnswer'
  | 'came-back-unreachable'
  | 'came-back-refused'
  | 'set'
  | 'language-set'
  | 'caller-named'
  | 'record-on'
  | 'record-off'
  | 'mailed'
  | 'webhook'
  | 'hangs-up'
  | 'hangs-up-busy'
  | `cut-${CutReason}`

/** Everything that is said about flows in one language. */
export interface FlowWords {
  readonly kinds: Readonly<Record<FlowNodeKind, string>>
  /** Of exits with a name; keys of a menu speak for themselves. */
  readonly exits: Readonly<Record<string, string>>
  readonly key: Say
  /** From Monday. */
  readonly weekdays: readonly string[]
  readonly states: Readonly<Record<string, string>>
  readonly languages: Readonly<Record<string, string>>
  readonly matches: Readonly<Record<string, Say>>
  readonly findings: Readonly<Record<FindingCode, Say>>
  readonly decisions: Readonly<Record<DecisionCode, Say>>
  readonly landings: Readonly<Record<LandingKind, Say>>
  readonly differences: Readonly<Record<DifferenceKind, Say>>
  readonly fields: Readonly<Record<string, string>>
  /** `{ calls, elsewhere }` */
  readonly replayed: Say
  readonly caseLanded: Say
  readonly caseMissed: Say
}
