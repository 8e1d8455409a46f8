import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { Cell } from '../base/cell.ts'
import { initialState, type PhoneCall, type PhoneState } from '../phone/phone-state.ts'
import { AttendantCalls } from './attendant-calls.ts'

const anna = { number: '204', name: 'Anna' }

const call = (id: string, more: Partial<PhoneCall> = {}): PhoneCall => ({
  id,
  direction: 'in',
  number: '+46701234567',
  isMuted: false,
  state: { name: 'connected', sinceMs: 0, isHeld: false, isHeldByThem: false } as PhoneCall['state'],
  ...more,
})
const held = (id: string) =>
  call(id, { state: { name: 'connected', sinceMs: 0, isHeld: true, isHeldByThem: false } as PhoneCall['state'] })

function setUp(first: Partial<PhoneState>) {
  const clock = new VirtualClock()
  const state = new Cell<PhoneState>({ ...initialState, place: 'here', ...first })
  const done: string[] = []
  let end: { taken: () => void; refused: () => void } | undefined
  const phone = {
    state,
    call: async (to: string) => void done.push(`call ${to}`),
    hold: (id: string) => void done.push(`hold ${id}`),
    consult: async (id: string, to: string) => void done.push(`consult ${id} ${to}`),
    join: async (id: string, other: string) => void done.push(`join ${id} ${other}`),
    transfer: (id: string, to: string) => {
      done.push(`transfer ${id} ${to}`)
      return new Promise<void>((resolve, reject) => {
        end = { taken: resolve, refused: () => reject(new Error('no answer')) }
      })
    },
  }
  let reminders = 0
  const startTimer = (delayMs: number, run: () => void) => {
    const timer = clock.startTimer(delayMs, run)
    return () => timer.stop()
  }
  const calls = new AttendantCalls({
    phone: () => phone,
    clock: { nowMs: () => clock.now(), startTimer },
    onReminder: () => void reminders++,
  })
  const stop = calls.follow(state)
  const show = (...shown: PhoneCall[]) => state.update((before) => ({ ...before, calls: shown }))
  return { calls, clock, done, state, show, stop, end: () => end!, reminders: () => reminders }
}

describe('an attendant', () => {
  it('gives the spoken call on with one key, and forgets it once somebody took it', async () => {
    const { calls, done, end } = setUp({ calls: [call('a')], activeId: 'a' })
    const given = calls.give(anna)
    assert.deepEqual(done, ['transfer a 204'])
    assert.equal(calls.state.get().handovers[0]?.state, 'ringing')
    end().taken()
    await given
    assert.deepEqual(calls.state.get().handovers, [])
  })

  it('has a call back that nobody took, with whom it was for; the one spoken with meanwhile goes on', async () => {
    const { calls, done, end, state, reminders } = setUp({ calls: [call('a')], activeId: 'a' })
    const given = calls.give(anna)
    state.update((before) => ({ ...before, calls: [call('a'), call('b')], activeId: 'b' }))
    end().refused()
    await given
    assert.deepEqual(done, ['transfer a 204', 'hold a'])
    assert.deepEqual(
      calls.state.get().handovers.map(({ callId, to, state: how }) => [callId, to.name, how]),
      [['a', 'Anna', 'back']],
    )
    assert.equal(reminders(), 1)
    state.update((before) => ({ ...before, calls: [call('b')] }))
    assert.deepEqual(calls.state.get().handovers, [])
  })

  it('asks first, then puts them through with the same key as otherwise', async () => {
    const { calls, done, state } = setUp({ calls: [call('a')], activeId: 'a' })
    await calls.ask(anna)
    state.update((before) => ({
      ...before,
      calls: [held('a'), call('c', { direction: 'out', consultsFor: 'a' })],
      activeId: 'c',
    }))
    await calls.give(anna)
    assert.deepEqual(done, ['consult a 204', 'join a c'])
  })

  it('calls the person when there is no call, and never gives on one that only rings here', async () => {
    const { calls, done } = setUp({ calls: [call('a', { state: { name: 'incoming' } })], activeId: 'a' })
    await calls.give(anna)
    await calls.ask(anna)
    assert.deepEqual(done, ['call 204', 'call 204'])
  })

  it('knows whom they spoke with last, for a message about them', () => {
    const { calls, show, clock } = setUp({})
    const atMs = clock.now()
    show(call('a', { name: 'Eva' }))
    clock.advance(5000)
    show(held('a'), call('b', { direction: 'out', number: '204' }))
    show()
    assert.deepEqual(calls.state.get().lastCaller, { number: '+46701234567', name: 'Eva', atMs })
  })

  it('is reminded of whoever is on hold, each minute, until they are taken', () => {
    const { calls, clock, show, reminders, stop } = setUp({})
    show(held('a'))
    const { heldSinceMs } = calls.state.get()
    clock.advance(60_000)
    assert.deepEqual([reminders(), calls.state.get().forgotten.has('a')], [1, true])
    clock.advance(60_000)
    assert.equal(reminders(), 2)
    assert.deepEqual(calls.state.get().heldSinceMs, heldSinceMs)
    show(call('a'))
    assert.equal(calls.state.get().forgotten.size, 0)
    clock.advance(600_000)
    assert.equal(reminders(), 2)
    show(held('b'))
    stop()
    assert.equal(clock.waiting, 0)
  })
})
