import assert from 'node:assert/strict'
import { it } from 'node:test'
import { HeaderList } from '../../message/header-list.ts'
import { SipRequest, SipResponse } from '../../message/sip-message.ts'
import { WrittenResponse } from '../written-response.ts'
import { type Table, takeStep } from '../machine.ts'
import type { Timing } from '../timing.ts'

export const udp: Timing = { t1Ms: 500, t2Ms: 4000, t4Ms: 5000, isReliable: false }
export const tcp: Timing = { ...udp, isReliable: true }

/** A response that only its status tells apart. */
export const response = (status: number): SipResponse => new SipResponse(status, '', new HeaderList())
/** The same, as a server machine is given it. */
export const written = (status: number): WrittenResponse => new WrittenResponse(response(status))
export const request = (method: string): SipRequest => new SipRequest(method, 'sip:x', new HeaderList())

/** One row: from this state, upon this event, to that state with these effects, as that section says. */
export type Row<State, Event, Effect> = readonly [
  state: State,
  event: Event,
  after: State,
  effects: readonly Effect[],
  source: string,
  timing?: Timing,
]

/** Makes a test of each row. */
export function table<State extends { name: string }, Event extends { name: string }, Effect extends { do: string }>(
  machine: Table<State, Event, Effect>,
  rows: ReadonlyArray<Row<State, Event, Effect>>,
): void {
  for (const [state, event, after, effects, source, timing = udp] of rows) {
    const over = timing.isReliable ? ' over TCP' : ''
    it(`${state.name}${over}: upon ${event.name}, ${effects.map(({ do: what }) => what).join(', ') || 'nothing'}, then ${after.name} (${source})`, () => {
      const step = takeStep(machine, state, event, timing)
      assert.deepEqual(step.state, after)
      const withoutReasons = step.effects.map((effect) => (effect.do === 'ignore' ? { do: 'ignore' } : effect))
      assert.deepEqual(withoutReasons, effects)
    })
  }
}

/** Every pair of state and event, to see that each is answered and that what is over stays over. */
export function everyPair<
  State extends { name: string },
  Event extends { name: string },
  Effect extends { do: string },
>(machine: Table<State, Event, Effect>, states: readonly State[], events: readonly Event[]): void {
  it('every state answers every event, and the terminated one ignores all', () => {
    assert.deepEqual(states.map(({ name }) => name).toSorted(), Object.keys(machine).toSorted())
    for (const state of states) {
      const row = machine[state.name as State['name']]
      assert.deepEqual(events.map(({ name }) => name).toSorted(), Object.keys(row).toSorted())
      for (const event of events) {
        const step = takeStep(machine, state, event, udp)
        assert.ok(step.state.name in machine)
        if (state.name === 'terminated') assert.equal(step.state, state)
      }
    }
  })
}
