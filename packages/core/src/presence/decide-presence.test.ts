import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decidePresence } from './decide-presence.ts'
import type { LineFacts, PresenceClaim, PresenceFacts } from './presence.ts'

const now = 1_000_000
const free: LineFacts = { isRegistered: true, restingSinceMs: 5 }
const none: LineFacts = { isRegistered: false, restingSinceMs: 6 }
const talking: LineFacts = { isRegistered: true, talking: { sinceMs: 7, device: 'phone' } }
const ringing: LineFacts = { isRegistered: true, ringing: { sinceMs: 8 } }
const says = (state: PresenceClaim['state'], more: Partial<PresenceClaim> = {}): PresenceClaim => ({
  state,
  sinceMs: 9,
  ...more,
})

type Row = readonly [told: string, facts: PresenceFacts, state: string, why: string, sinceMs: number | undefined]

const table: readonly Row[] = [
  ['nothing but a registered device', { line: free }, 'available', 'free', 5],
  ['no device', { line: none }, 'offline', 'noDevice', 6],
  ['since before the start', { line: { isRegistered: false } }, 'offline', 'noDevice', undefined],
  ['a call on the desk phone', { line: talking }, 'busy', 'call.phone', 7],
  [
    'a call in the browser',
    { line: { ...talking, talking: { sinceMs: 1, device: 'browser' } } },
    'busy',
    'call.browser',
    1,
  ],
  ['a call of an unknown device', { line: { ...none, talking: { sinceMs: 1, device: undefined } } }, 'busy', 'call', 1],
  ['a ringing phone', { line: ringing }, 'ringing', 'ringing', 8],
  ['a second call that rings', { line: { ...ringing, ...talking } }, 'busy', 'call.phone', 7],
  ['away by choice, line free', { line: free, chosen: says('away') }, 'away', 'chosen', 9],
  ['away by choice, no device', { line: none, chosen: says('away') }, 'away', 'chosen', 9],
  ['away by choice, in a call', { line: talking, chosen: says('away') }, 'busy', 'call.phone', 7],
  ['do not disturb in a call', { line: talking, chosen: says('doNotDisturb') }, 'doNotDisturb', 'chosen', 9],
  ['do not disturb for calls', { line: free, callHandling: says('doNotDisturb') }, 'doNotDisturb', 'callHandling', 9],
  ['looking offline in a call', { line: talking, chosen: says('offline') }, 'offline', 'noDevice', 9],
  [
    'available by choice in a meeting',
    { line: free, chosen: says('available'), calendar: says('inMeeting') },
    'available',
    'chosen',
    9,
  ],
  ['available by choice without a device', { line: none, chosen: says('available') }, 'offline', 'noDevice', 6],
  ['a meeting in the calendar', { line: free, calendar: says('inMeeting') }, 'inMeeting', 'calendar', 9],
  ['a meeting, no device', { line: none, calendar: says('inMeeting') }, 'inMeeting', 'calendar', 9],
  ['a call during a meeting', { line: talking, calendar: says('inMeeting') }, 'busy', 'call.phone', 7],
  [
    'busy in Teams before the calendar',
    { line: free, calendar: says('away'), teams: says('busy') },
    'busy',
    'teams',
    9,
  ],
  [
    'the calendar before away in Teams',
    { line: free, calendar: says('inMeeting'), teams: says('away') },
    'inMeeting',
    'calendar',
    9,
  ],
  ['away in Teams', { line: free, teams: says('away') }, 'away', 'teams', 9],
  ['a pause of an agent before Teams', { line: free, agent: says('away'), teams: says('busy') }, 'away', 'agent', 9],
  ['available in Teams says nothing', { line: none, teams: says('available') }, 'offline', 'noDevice', 6],
  [
    'a choice before an agent',
    { line: free, chosen: says('beRightBack'), agent: says('busy') },
    'beRightBack',
    'chosen',
    9,
  ],
  ['a choice that has ended', { line: free, chosen: says('away', { untilMs: now }) }, 'available', 'free', 5],
]

describe('which source wins', () => {
  for (const [told, facts, state, why, sinceMs] of table)
    it(`${told}: ${state}, ${why}`, () => {
      const { presence } = decidePresence(facts, now)
      assert.deepEqual([presence.state, presence.why, presence.sinceMs], [state, why, sinceMs])
    })

  it('shows the note whatever wins, but not of somebody who looks offline', () => {
    const chosen = says('away', { note: 'Back at three' })
    assert.equal(decidePresence({ line: talking, chosen }, now).presence.note, 'Back at three')
    assert.equal(decidePresence({ line: free, chosen: { ...chosen, state: 'offline' } }, now).presence.note, undefined)
  })

  it('shows the place of the calendar whatever wins, but not of somebody who looks offline', () => {
    const calendar = says('inMeeting', { place: 'Lyon', title: 'Fair' })
    assert.deepEqual(decidePresence({ line: talking, calendar }, now).presence, {
      state: 'busy',
      why: 'call.phone',
      sinceMs: 7,
      place: 'Lyon',
      title: 'Fair',
    })
    assert.equal(
      decidePresence({ line: free, calendar: says('available', { place: 'Lund' }) }, now).presence.why,
      'free',
    )
    const hidden = decidePresence({ line: free, calendar, chosen: says('offline') }, now).presence
    assert.deepEqual([hidden.place, hidden.title], [undefined, undefined])
    const over = decidePresence({ line: free, calendar: { ...calendar, untilMs: now } }, now).presence
    assert.equal(over.place, undefined)
  })

  it('says when it must be decided anew: at the first end', () => {
    const facts = {
      line: free,
      chosen: says('away', { untilMs: now + 20 }),
      calendar: says('inMeeting', { untilMs: now + 10 }),
      teams: says('busy', { untilMs: now - 1 }),
    }
    const { presence, nextAtMs } = decidePresence(facts, now)
    assert.equal(nextAtMs, now + 10)
    assert.equal(presence.untilMs, now + 20)
    assert.equal(decidePresence({ line: free }, now).nextAtMs, undefined)
  })
})
