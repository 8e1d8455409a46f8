import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import {
  type CheckResult,
  findingWords,
  reportWords,
  type Requirement,
  sessionWords,
  type SiteReport,
} from '@vaxel/site'
import { readReport } from '@vaxel/site/file'
import { assembleReport, type ReportParts } from './assemble-report.ts'
import { htmlReport } from './html-report.ts'
import { monitoringLine } from './monitoring-line.ts'
import { textReport } from './text-report.ts'

const nowMs = Date.parse('2026-11-21T12:00:00Z')
const at = new Date(nowMs).toISOString()

const requirement = (
  id: string,
  checks: Requirement['checks'],
  body: Requirement['body'] = { kind: 'duty', what: id },
): Requirement => ({
  id,
  title: `Title of ${id}`,
  level: 'required',
  appliesWhen: 'always',
  lostIfMissing: `without ${id}`,
  responsible: 'customer',
  provenance: [],
  checks,
  body,
})

const result = (check: CheckResult['check'], id: string, more: Partial<CheckResult> = {}): CheckResult => ({
  check,
  requirementIds: [id],
  target: 'TCP 192.0.2.1:443',
  outcome: 'pass',
  segment: 'office',
  startedAt: at,
  endedAt: at,
  finding: { key: 'tcp-open', values: { host: 'a', port: '443', carries: 'HTTPS', tookMs: 3 } },
  ...more,
})

const parts = (more: Partial<ReportParts>): ReportParts => ({
  site: 'Head office',
  catalogue: { id: 'vaxel', version: '2026112101' },
  requirements: [requirement('web', ['tcp'])],
  results: [result('tcp', 'web')],
  segment: 'office',
  others: [],
  version: '1',
  on: 'Linux',
  startedAt: at,
  nowMs,
  ...more,
})

describe('the report of a probe', () => {
  it('is ready without what only a browser can see, and says how much cannot be proven here', () => {
    const requirements = [
      requirement('web', ['tcp']),
      requirement('browser', ['browser']),
      requirement('headset', ['devices']),
    ]
    const { judgement } = assembleReport(parts({ requirements }))
    assert.equal(judgement.verdict, 'ready')
    assert.deepEqual(judgement.coverage, { required: 1, proven: 1, cannotBeProvenHere: 2 })
  })

  it('gathers segments: one that fails makes the site not ready, and is named', () => {
    const other = assembleReport(
      parts({ segment: 'store', results: [result('tcp', 'web', { segment: 'store', outcome: 'fail' })] }),
    )
    const { judgement, segments } = assembleReport(parts({ others: [other] }))
    assert.deepEqual(segments, ['office', 'store'])
    assert.equal(judgement.verdict, 'not-ready')
    assert.deepEqual(judgement.losses[0]?.segments, ['store'])
  })

  it('spans the moments of all segments, whatever time zone they are written in', () => {
    const at = (startedAt: string, endedAt: string) => ({ ...assembleReport(parts({})), startedAt, endedAt })
    const others = [
      at('2026-11-21T13:30:00+05:00', '2026-11-21T13:40:00+05:00'),
      at('2026-11-21T09:00:00Z', '2026-11-21T09:10:00Z'),
    ]
    const { startedAt, endedAt } = assembleReport(parts({ results: [], others }))
    assert.deepEqual([startedAt, endedAt], ['2026-11-21T13:30:00+05:00', '2026-11-21T09:10:00Z'])
  })

  it('takes reports against another version of the catalogue for stale', () => {
    const old = assembleReport(
      parts({
        catalogue: { id: 'vaxel', version: '2026010101' },
        segment: 'store',
        results: [result('tcp', 'web', { segment: 'store' })],
      }),
    )
    const { judgement } = assembleReport(parts({ others: [old] }))
    assert.equal(judgement.verdict, 'not-proven')
    assert.equal(judgement.losses[0]?.outcome, 'stale')
  })

  const hostile = (): SiteReport =>
    assembleReport(
      parts({
        site: '<img src=x onerror=alert(1)>\u202e',
        results: [
          result('tls', 'web', {
            target: `TLS ${'x'.repeat(5000)}\u001b[31m`,
            finding: {
              key: 'tls-wrong-name',
              values: { host: 'a"b', name: "<script>alert('x')</script>", names: '\u0000\n' },
            },
            evidence: { '[::1]:53 <b>': '</td><script>', '\u202e': '\r\n', certificate: 'y'.repeat(100_000) },
            measured: [{ name: 'certificate-days-left', value: -3, unit: 'days' }],
          }),
        ],
      }),
    )

  it('holds whatever strangers wrote as text: its own format takes it, and HTML shows it', () => {
    const report = hostile()
    const read = readReport(JSON.stringify(report))
    assert.ok(read.ok, JSON.stringify(read))
    for (const language of ['en', 'sv', 'fr'] as const) {
      const html = htmlReport(report, language)
      assert.doesNotMatch(html, /<script|<img|onerror=alert\(1\)>|\u202e/)
      assert.match(html, /default-src 'none'/)
      assert.doesNotMatch(html, /<[^>]*(?:src|href)=/)
      assert.ok(html.length < 30_000)
      assert.doesNotMatch(textReport(report, language), /\u202e/)
    }
  })

  it('is one line with performance data for monitoring, and no bar in its text', () => {
    const jitter = requirement('jitter', ['stream-quality'], {
      kind: 'quality',
      metric: 'jitter',
      operator: '<',
      value: 20,
      unit: 'ms',
      segment: ['pc', 'service'],
    })
    const requirements = [{ ...jitter, title: 'Jitter | of calls' }]
    const measured = [
      { name: 'round-trip-time', value: 12.3, unit: 'ms' as const },
      { name: 'jitter-up', value: 31, unit: 'ms' as const },
    ]
    const report = assembleReport(
      parts({ requirements, results: [result('stream-quality', 'jitter', { outcome: 'limit', measured })] }),
    )
    assert.equal(
      monitoringLine(report, requirements),
      'VAXEL READY WITH LIMITS - 0 of 1 required proven: Jitter / of calls | rtt=12.3ms;;;0 jitter_up=31ms;20;;0 proven=0;;;0;1',
    )
  })
})

describe('the words of the probe', () => {
  const tables = [findingWords, sessionWords, reportWords]

  it('has a sentence for every finding that the sources name', () => {
    const folder = join(import.meta.dirname, '..')
    const missing = globSync('**/*.ts', { cwd: folder, exclude: (name) => /\.(test|fixture)\.ts$/.test(name) }).flatMap(
      (file) => {
        const source = readFileSync(join(folder, file), 'utf8')
        const keys = [...source.matchAll(/\bkey: '([^']+)',\s*values|(?:fail|limit)\('(tls-[^']+)'/g)].map(
          (match) => match[1] ?? match[2]!,
        )
        return keys.filter((key) => !tables.some((table) => Object.hasOwn(table, key))).map((key) => `${file}: ${key}`)
      },
    )
    assert.deepEqual(missing, [])
  })

  it('has one for each fault whose key is put together', () => {
    const faults = {
      tcp: ['refused', 'silent', 'unreachable', 'reset', 'local'],
      tls: ['silent', 'cut', 'not-tls', 'no-common-version', 'refused', 'hostile', 'no-way'],
      dns: ['no-name', 'no-record', 'silent', 'failed', 'refused', 'nonsense'],
      ntp: ['silent', 'unsynchronised', 'refused', 'no-address'],
      line: ['delay', 'trip', 'jitter', 'loss'].flatMap((what) =>
        ['within', 'over', 'short'].map((how) => `${what}-${how}`),
      ),
    }
    for (const [kind, own] of Object.entries(faults))
      for (const fault of own) assert.ok(Object.hasOwn(findingWords, `${kind}-${fault}`), `${kind}-${fault}`)
  })
})
