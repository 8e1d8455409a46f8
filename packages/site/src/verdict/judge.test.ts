import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Requirement } from '../catalogue/requirement.ts'
import type { CheckResult, Outcome } from './check-result.ts'
import { judge } from './judge.ts'

const nowMs = Date.parse('2026-11-21T12:00:00Z')

const requirement = (id: string, more: Partial<Requirement> = {}): Requirement => ({
  id,
  title: id,
  level: 'required',
  appliesWhen: 'always',
  lostIfMissing: `without ${id}`,
  responsible: 'customer',
  provenance: [],
  checks: ['tcp'],
  body: { kind: 'duty', what: id },
  ...more,
})

const result = (id: string, outcome: Outcome, more: Partial<CheckResult> = {}): CheckResult => ({
  check: 'tcp',
  requirementIds: [id],
  target: 'TCP 192.0.2.1:443',
  outcome,
  segment: 'office',
  startedAt: new Date(nowMs).toISOString(),
  endedAt: new Date(nowMs).toISOString(),
  finding: { key: 'x', values: {} },
  ...more,
})

describe('the verdict on a site', () => {
  it('is ready only when every required requirement is proven', () => {
    const both = [requirement('a'), requirement('b')]
    const found = judge(both, [result('a', 'pass'), result('b', 'pass')], { nowMs })
    assert.equal(found.verdict, 'ready')
    assert.deepEqual(found.coverage, { required: 2, proven: 2, cannotBeProvenHere: 0 })
    assert.deepEqual(found.losses, [])
    assert.equal(judge(both, [result('a', 'pass')], { nowMs }).verdict, 'not-proven')
  })

  it('is not ready when one fails, and says what is lost, where and who acts', () => {
    const found = judge(
      [requirement('a'), requirement('b')],
      [result('a', 'pass'), result('b', 'fail', { faultOwner: 'customer-firewall' }), result('b', 'limit')],
      { nowMs },
    )
    assert.equal(found.verdict, 'not-ready')
    assert.deepEqual(found.losses, [
      {
        requirementId: 'b',
        title: 'b',
        lost: 'without b',
        outcome: 'fail',
        who: 'customer-firewall',
        segments: ['office'],
      },
    ])
  })

  it('proves nothing by a check whose controls did not hold, nor by old evidence', () => {
    const one = [requirement('a')]
    const open = result('a', 'pass', { controls: { knownGood: true, closed: false } })
    assert.equal(judge(one, [open], { nowMs }).verdict, 'not-proven')
    const old = result('a', 'pass', { endedAt: '2026-07-01T00:00:00Z' })
    assert.equal(judge(one, [old], { nowMs }).losses[0]?.outcome, 'stale')
  })

  it('asks every part of the site, and takes the worst', () => {
    const one = [requirement('a')]
    const office = result('a', 'pass')
    assert.equal(judge(one, [office], { nowMs, segments: ['office', 'store'] }).verdict, 'not-proven')
    const store = result('a', 'fail', { segment: 'store' })
    const found = judge(one, [office, store], { nowMs, segments: ['office', 'store'] })
    assert.equal(found.verdict, 'not-ready')
    assert.deepEqual(found.losses[0]?.segments, ['store'])
  })

  it('counts what no tool can prove apart, and is not ready by default', () => {
    const found = judge([requirement('a', { checks: [] })], [], { nowMs })
    assert.equal(found.verdict, 'not-proven')
    assert.deepEqual(found.coverage, { required: 0, proven: 0, cannotBeProvenHere: 1 })
    const notHere = judge([requirement('a')], [result('a', 'not-applicable')], { nowMs })
    assert.equal(notHere.verdict, 'not-proven')
  })

  it('lets an optional requirement limit a site and never close it', () => {
    const found = judge(
      [requirement('a'), requirement('b', { level: 'optional' })],
      [result('a', 'pass'), result('b', 'fail')],
      { nowMs },
    )
    assert.equal(found.verdict, 'ready-with-limits')
  })

  it('is never green while anything required is not passed, whatever the results', () => {
    const outcomes: Outcome[] = ['pass', 'limit', 'fail', 'inconclusive', 'not-tested', 'not-applicable', 'stale']
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom(...outcomes)), { maxLength: 12 }),
        (pairs) => {
          const results = pairs.map(([id, outcome]) => result(id, outcome))
          const { verdict } = judge(
            ['a', 'b', 'c'].map((id) => requirement(id)),
            results,
            { nowMs },
          )
          if (verdict !== 'ready') return
          for (const id of ['a', 'b', 'c']) {
            const own = pairs.filter(([of]) => of === id).map(([, outcome]) => outcome)
            assert.ok(own.every((outcome) => outcome === 'pass' || outcome === 'not-applicable'))
          }
          assert.ok(pairs.some(([, outcome]) => outcome === 'pass'))
        },
      ),
    )
  })
})
