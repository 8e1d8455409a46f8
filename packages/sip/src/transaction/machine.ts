import type { Timing } from './timing.ts'

/** What a machine answers to one event: where it is now, and what its owner must do, in order. */
export interface Step<State, Effect> {
  readonly state: State
  readonly effects: readonly Effect[]
}

interface Named {
  readonly name: string
}

/** Every event of one state; leaving one out does not compile. */
export type Row<Name extends State['name'], State extends Named, Event extends Named, Effect> = {
  readonly [E in Event['name']]: (
    state: Extract<State, { name: Name }>,
    event: Extract<Event, { name: E }>,
    timing: Timing,
  ) => Step<State, Effect>
}

/** Every state with every event. */
export type Table<State extends Named, Event extends Named, Effect> = {
  readonly [Name in State['name']]: Row<Name, State, Event, Effect>
}

/** Looks the pair up and takes the step. Pure: the table decides, the owner acts. */
export function takeStep<State extends Named, Event extends Named, Effect>(
  table: Table<State, Event, Effect>,
  state: State,
  event: Event,
  timing: Timing,
): Step<State, Effect> {
  const row = table[state.name as State['name']] as unknown as Record<
    string,
    (state: State, event: Event, timing: Timing) => Step<State, Effect>
  >
  return row[event.name]!(state, event, timing)
}

/** An event that changes nothing here, and why. */
export interface Ignore {
  readonly do: 'ignore'
  readonly why: string
}

/** A table entry for a pair that has no consequence. The reason is for the log and the reader. */
export function ignore<State>(why: string): (state: State) => Step<State, Ignore> {
  const effects: readonly Ignore[] = [{ do: 'ignore', why }]
  return (state) => ({ state, effects })
}
