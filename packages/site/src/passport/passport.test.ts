import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Catalogue, catalogueFormat } from '../catalogue/catalogue.ts'
import type { Requirement } from '../catalogue/requirement.ts'
import type { CheckResult, Outcome } from '../verdict/check-result.ts'
import { reportFormat, type SiteReport } from '../verdict/site-report.ts'
import { callQuality, type CallLeg } from './call-quality.ts'
import { expiryWarnings } from './expiry-warnings.ts'
import { passportOf } from './passport.ts'

const nowMs = Date.parse('2026-11-21T12:00:00Z')

const requirement = (id: string, what = id): Requirement => ({
  id,
  title: id,
  level: 'required',
  appliesWhen: 'always',
  lostIfMissing: 'all',
  responsible: 'customer',
  provenance: [],
  checks: ['tcp'],
  body: { kind: 'duty', what },
})

const catalogue = (version: string, requirements: readonly Requirement[]): Catalogue => ({
  format: catalogueFormat,
  id: 'c',
  title: 'C',
  provider: 'P',
  version,
  publishedAt: '2026-01-01',
  language: 'en',
  documents: [],
  places: [],
  options: [],
  requirements,
})

const result = (id: string, outcome: Outcome, day: string, segment = 'office'): CheckResult => ({
  check: 'tcp',
  requirementIds: [id],
  target: 'TCP 192.0.2.1:443',
  outcome,
  segment,
  startedAt: `${day}T10:00:00Z`,
  endedAt: `${day}T10:00:00Z`,
  finding: { key: 'x', values: {} },
})

const report = (version: string, day: string, results: readonly CheckResult[]): SiteReport => ({
  format: reportFormat,
  site: 's',
  catalogue: { id: 'c', version },
  madeBy: { tool: 'probe', version: '1', on: 'Linux' },
  startedAt: `${day}T10:00:00Z`,
  endedAt: `${day}T10:00:00Z`,
  segments: ['office'],
  results,
  judgement: { verdict: 'ready', coverage: { required: 0, proven: 0, cannotBeProvenHere: 0 }, losses: [] },
})

describe('the passport of a site', () => {
  const before = catalogue('2026010101', [requirement('a'), requirement('b')])
  const now = catalogue('2026110101', [requirement('a'), requirement('b', 'wider')])
  const catalogueOf = (_: string, version: string) => [before, now].find((one) => one.version === version)
  const of = (reports: readonly SiteReport[], segments?: readonly string[]) =>
    passportOf({ requirements: now.requirements, reports, catalogueOf, nowMs, ...(segments ? { segments } : {}) })

  it('takes the newest of each, from reports of several segments', () => {
    const reports = [
      report('2026110101', '2026-11-20', [result('a', 'pass', '2026-11-20'), result('b', 'pass', '2026-11-20')]),
      report('2026110101', '2026-11-10', [result('a', 'fail', '2026-11-10')]),
    ]
    assert.equal(of(reports).judgement.verdict, 'ready')
    assert.equal(of(reports).verifyAgainBy, '2027-02-18T10:00:00.000Z')
    assert.equal(of(reports, ['office', 'store']).judgement.verdict, 'not-proven')
  })

  it('takes the newest by the moment, whatever time zone it is written in', () => {
    const sent = (endedAt: string, outcome: Outcome) => ({
      ...report('2026110101', '2026-11-20', [{ ...result('a', outcome, '2026-11-20'), endedAt }]),
      endedAt,
    })
    const passed = sent('2026-11-20T12:30:00+02:00', 'pass')
    const failed = sent('2026-11-20T11:00:00Z', 'fail')
    assert.equal(of([passed, failed]).judgement.verdict, 'not-ready')
    assert.equal(of([failed, passed]).judgement.verdict, 'not-ready')
  })

  it('forgets a fault of another port, address or name once the same tool has tried the check anew', () => {
    const at = (target: string, outcome: Outcome, day: string) => ({ ...result('a', outcome, day), target })
    const sent = (day: string, ...results: CheckResult[]) => report('2026110101', day, results)
    const b = sent('2026-11-01', result('b', 'pass', '2026-11-01'))
    const silent = sent('2026-11-10', at('UDP echo calls.example.com', 'fail', '2026-11-10'))
    const open = sent('2026-11-20', at('UDP 192.0.2.1:20017, 30 s', 'pass', '2026-11-20'))
    assert.equal(of([b, silent, open]).judgement.verdict, 'ready')
    const half = sent(
      '2026-11-20',
      at('UDP 192.0.2.1:20017, 30 s', 'pass', '2026-11-20'),
      at('UDP 192.0.2.2:20017, 30 s', 'fail', '2026-11-20'),
    )
    assert.equal(of([b, silent, half]).judgement.verdict, 'not-ready', 'all of one report stands')
    const byPage = { ...silent, madeBy: { ...silent.madeBy, tool: 'verify-page' as const } }
    assert.equal(of([b, byPage, open]).judgement.verdict, 'not-ready', 'what a browser found, a program does not see')
    const elsewhere = sent('2026-11-20', { ...at('UDP echo', 'pass', '2026-11-20'), segment: 'store' })
    assert.equal(of([b, silent, elsewhere]).judgement.verdict, 'not-ready')
  })

  it('wants what changed in the catalogue to be proven again', () => {
    const old = report('2026010101', '2026-10-30', [
      result('a', 'pass', '2026-10-30'),
      result('b', 'pass', '2026-10-30'),
    ])
    const { changedSince, judgement } = of([old])
    assert.deepEqual(changedSince, ['b'])
    assert.equal(judgement.verdict, 'not-proven')
    assert.equal(judgement.coverage.proven, 1)
    const again = report('2026110101', '2026-11-20', [result('b', 'pass', '2026-11-20')])
    assert.deepEqual(of([old, again]).changedSince, [])
    assert.equal(of([old, again]).judgement.verdict, 'ready')
  })

  it('wants everything again when the catalogue of a report is not known any more', () => {
    assert.deepEqual(of([report('2020010101', '2026-11-20', [result('a', 'pass', '2026-11-20')])]).changedSince, ['a'])
  })

  it('is not proven without reports', () => {
    assert.equal(of([]).judgement.verdict, 'not-proven')
    assert.equal(of([]).verifyAgainBy, undefined)
  })
})

describe('quality of the real calls of a site', () => {
  const leg = (remoteAddress: string, lossRatio: number, packets = 500): CallLeg => ({
    remoteAddress,
    quality: {
      received: { packets, lossRatio, jitterMs: 2, mos: 4.4 - lossRatio },
      sent: { packets, lossRatio: 0, jitterMs: 1, roundTripMs: 20, mos: 4.4 },
    },
  })

  it('counts the legs that came from its addresses, both families', () => {
    const legs = [
      ...Array.from({ length: 19 }, (_, index) => leg(`198.51.100.${index}:4000`, index / 100)),
      leg('[2001:db8::7]:5060', 0.5),
      leg('203.0.113.9:5060', 1),
      leg('198.51.100.3:5060', 1, 10),
    ]
    const found = callQuality(legs, ['198.51.100.0/24', '2001:db8::/32'])
    assert.equal(found?.legs, 20)
    assert.deepEqual(found?.packetLossUp, { half: 9, mostOf: 18 })
    assert.deepEqual(found?.mos, { half: 4.31, mostOf: 4.22 })
    assert.deepEqual(found?.roundTrip, { half: 20, mostOf: 20 })
  })

  it('says nothing of few calls', () => {
    assert.equal(callQuality([leg('198.51.100.1:5060', 0)], ['198.51.100.0/24']), undefined)
    assert.equal(
      callQuality(
        Array.from({ length: 30 }, () => leg('nonsense', 0)),
        ['198.51.100.0/24'],
      ),
      undefined,
    )
  })
})

describe('warnings of what ends', () => {
  const secret = (notAfter: string) => [{ requirement: 'r', subject: 'consent', notAfter, owner: 'it@example.com' }]
  const daysLeft = (notAfter: string) => expiryWarnings(secret(notAfter), nowMs)[0]?.daysLeft

  it('come at 60, 30, 14, 7 and 1 days, and when it has ended', () => {
    assert.equal(daysLeft('2027-01-21'), undefined)
    assert.equal(daysLeft('2027-01-20'), 60)
    assert.equal(daysLeft('2026-11-22'), 1)
    assert.equal(daysLeft('2026-11-20'), -1)
  })

  it('have one key for a step, whatever the day within it', () => {
    const key = (day: string) => expiryWarnings(secret('2027-01-20'), Date.parse(day))[0]?.key
    assert.equal(key('2026-11-21'), key('2026-12-20'))
    assert.notEqual(key('2026-12-20'), key('2026-12-21'))
  })
})
