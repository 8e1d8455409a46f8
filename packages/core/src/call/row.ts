import type { CallState } from './call.ts'
import type { CallInput } from './call-input.ts'
import type { Step, Transition } from './step.ts'

/** Inputs that mean the same in every living state; `transition` handles them. */
type Everywhere =
  | 'clear'
  | 'mediaKnown'
  | 'qualityReported'
  | 'legSent'
  | 'noticed'
  | 'serviceNoted'
  | 'callerNamed'
  | 'legSigns'
  | 'reconnectTimeout'

/**
 * One state's row of the table: an entry for every input, or it does not compile.
 * `undefined` as a result means that the input came too late for its leg and is ignored.
 */
export type Row<S extends CallState> = {
  readonly [K in Exclude<CallInput['kind'], Everywhere>]:
    | ((state: S, input: Extract<CallInput, { kind: K }>, step: Step) => Transition | undefined)
    | Ignored
}

/** A pair of state and input that cannot happen, with the reason. */
export interface Ignored {
  readonly ignored: string
}

export function ignores<K extends CallInput['kind']>(reason: string, kinds: readonly K[]): Record<K, Ignored> {
  return Object.fromEntries(kinds.map((kind) => [kind, { ignored: reason }])) as Record<K, Ignored>
}
