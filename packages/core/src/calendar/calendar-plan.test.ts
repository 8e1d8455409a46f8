import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { CalendarEntry, CalendarKind } from './calendar-entry.ts'
import { momentOf, planOf } from './calendar-plan.ts'

const entry = (startMs: number, endMs: number, more: Partial<CalendarEntry> = {}): CalendarEntry => ({
  startMs,
  endMs,
  kind: 'busy',
  ...more,
})

describe('what a calendar says of somebody', () => {
  it('is the strongest of what overlaps: out of office, busy, tentative, elsewhere', () => {
    const plan = planOf(
      [entry(0, 100, { kind: 'elsewhere', place: 'Home' }), entry(20, 60), entry(40, 50, { kind: 'out' })],
      'all',
    )
    assert.deepEqual(
      plan.map(({ startMs, endMs, kind, place }) => [startMs, endMs, kind, place]),
      [
        [0, 20, 'elsewhere', 'Home'],
        [20, 40, 'busy', 'Home'],
        [40, 50, 'out', 'Home'],
        [50, 60, 'busy', 'Home'],
        [60, 100, 'elsewhere', 'Home'],
      ],
    )
  })

  it('tells the meeting that began last where two overlap', () => {
    const plan = planOf([entry(0, 100, { title: 'Fair' }), entry(30, 60, { title: 'Interview' })], 'all')
    assert.deepEqual(
      plan.map(({ title }) => title),
      ['Fair', 'Interview', 'Fair'],
    )
  })

  it('keeps title and place of what is private, and what its owner does not want shown', () => {
    const of = (more: Partial<CalendarEntry>, shows: 'busy' | 'place' | 'all') =>
      planOf([entry(0, 9, { title: 'Review', place: 'Lyon', ...more })], shows)[0]
    assert.deepEqual(of({}, 'all'), { startMs: 0, endMs: 9, kind: 'busy', title: 'Review', place: 'Lyon' })
    assert.deepEqual(of({}, 'place'), { startMs: 0, endMs: 9, kind: 'busy', place: 'Lyon' })
    assert.deepEqual(of({}, 'busy'), { startMs: 0, endMs: 9, kind: 'busy' })
    assert.deepEqual(of({ isPrivate: true }, 'all'), { startMs: 0, endMs: 9, kind: 'busy' })
  })

  it('is told to presence with when all of it is over, and when it changes', () => {
    const plan = planOf([entry(10, 20, { place: 'A' }), entry(20, 30, { place: 'B' }), entry(40, 50)], 'place')
    assert.deepEqual(momentOf(plan, 5), { claim: undefined, nextMs: 10 })
    assert.deepEqual(momentOf(plan, 10), {
      claim: { state: 'inMeeting', sinceMs: 10, untilMs: 30, place: 'A' },
      nextMs: 20,
    })
    assert.deepEqual(momentOf(plan, 20), {
      claim: { state: 'inMeeting', sinceMs: 10, untilMs: 30, place: 'B' },
      nextMs: 30,
    })
    assert.deepEqual(momentOf(plan, 30), { claim: undefined, nextMs: 40 })
    assert.deepEqual(momentOf(plan, 50), { claim: undefined, nextMs: undefined })
  })

  it('says away of who is out of office, the place alone of who works elsewhere, nothing of what is not accepted', () => {
    const said = (kind: CalendarKind) => momentOf(planOf([entry(0, 9, { kind, place: 'Lund' })], 'all'), 1).claim
    assert.deepEqual(said('out'), { state: 'away', sinceMs: 0, untilMs: 9, place: 'Lund' })
    assert.deepEqual(said('elsewhere'), { state: 'available', sinceMs: 0, untilMs: 9, place: 'Lund' })
    assert.equal(said('tentative'), undefined)
  })
})

const kinds: readonly CalendarKind[] = ['out', 'busy', 'tentative', 'elsewhere']
const entries = fc.array(
  fc
    .record({
      startMs: fc.integer({ min: 0, max: 60 }),
      lengthMs: fc.integer({ min: -2, max: 30 }),
      kind: fc.constantFrom(...kinds),
      isPrivate: fc.boolean(),
    })
    .map(({ startMs, lengthMs, kind, isPrivate }) =>
      entry(startMs, startMs + lengthMs, {
        kind,
        title: isPrivate ? 'secret' : 'T',
        place: isPrivate ? 'hidden' : 'P',
        ...(isPrivate ? { isPrivate: true as const } : {}),
      }),
    ),
  { maxLength: 12 },
)

describe('for any calendar', () => {
  it('blocks are in order, do not overlap, and say at each moment what the strongest entry says', () => {
    fc.assert(
      fc.property(entries, (all) => {
        const plan = planOf(all, 'all')
        for (const [i, { startMs, endMs }] of plan.entries()) {
          assert.ok(startMs < endMs)
          assert.ok(i === 0 || plan[i - 1]!.endMs <= startMs)
        }
        for (let at = 0; at < 95; at++) {
          const there = all.filter(({ startMs, endMs }) => startMs <= at && at < endMs)
          const strongest = kinds.find((kind) => there.some((one) => one.kind === kind))
          assert.equal(plan.find(({ startMs, endMs }) => startMs <= at && at < endMs)?.kind, strongest)
        }
      }),
    )
  })

  it('nothing private is ever told, and busy alone tells neither title nor place', () => {
    fc.assert(
      fc.property(entries, (all) => {
        assert.doesNotMatch(JSON.stringify(planOf(all, 'all')), /secret|hidden/)
        assert.doesNotMatch(JSON.stringify(planOf(all, 'busy')), /secret|hidden|"T"|"P"/)
        assert.doesNotMatch(JSON.stringify(planOf(all, 'place')), /secret|hidden|"T"/)
      }),
    )
  })

  it('who looks again when told to misses no change', () => {
    fc.assert(
      fc.property(entries, (all) => {
        const plan = planOf(all, 'all')
        let now = momentOf(plan, -1)
        for (let at = 0; at < 95; at++) {
          const fresh = momentOf(plan, at)
          if (now.nextMs === at) now = fresh
          assert.deepEqual(fresh.claim, now.claim)
        }
      }),
    )
  })
})
