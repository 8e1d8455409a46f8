import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { SiteReport } from '@vaxel/site'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { type Checked, checkNetwork as checkOver, type CheckOptions, chrome } from './fake/check-network.ts'
import { fakeRequirements } from './fake/fake-requirements.ts'
import { type FakeNetwork, fakePorts } from './fake/fake-site.ts'
import { CheckRun } from './run-checks.ts'

const checkNetwork = (network: FakeNetwork, options?: CheckOptions) => checkOver(new VirtualClock(), network, options)

function reportOf({ state }: Checked): SiteReport {
  assert.equal(state.name, 'done', JSON.stringify(state))
  return (state as { report: SiteReport }).report
}

describe('a check on an open network', () => {
  it('ends ready, says its first word within 5 s and its last within 30 s, and leaves nothing open', async () => {
    const checked = await checkNetwork({})
    const report = reportOf(checked)
    assert.equal(report.judgement.verdict, 'ready', JSON.stringify(report.judgement.losses))
    assert.deepEqual(report.judgement.coverage, { required: 12, proven: 12, cannotBeProvenHere: 1 })
    assert.ok(checked.firstWordMs < 5000, String(checked.firstWordMs))
    assert.ok(checked.tookMs < 30_000, String(checked.tookMs))
    assert.equal(checked.leftOpen, 0)
  })

  it('needs below 30 s as well where nothing at all answers', async () => {
    const blocked: FakeNetwork = {
      udp: () => 'blocked',
      relays: { udp: 'blocked', tcp: 'blocked', tls: 'blocked' },
      stun: 'blocked',
    }
    const checked = await checkNetwork(blocked)
    assert.ok(checked.tookMs < 30_000, String(checked.tookMs))
    assert.equal(checked.leftOpen, 0)
  })

  it('measures what the line does', async () => {
    const { results } = reportOf(await checkNetwork({ line: { lossUp: 0.03, jitterDownMs: 12, roundTripMs: 100 } }))
    const value = (name: string) =>
      results.flatMap(({ measured = [] }) => measured).find((one) => one.name === name)?.value
    assert.ok(Math.abs((value('packet-loss-up') ?? 0) - 3) < 0.3)
    assert.equal(value('packet-loss-down'), 0)
    assert.equal(value('jitter-down'), 12)
    assert.equal(value('one-way-delay'), 50)
    assert.ok((value('mos-up') ?? 5) < (value('mos-down') ?? 0))
  })

  it('shows further ports, those that the service does not offer too, and lets them change nothing', async () => {
    const report = reportOf(await checkNetwork({}, { wish: { extraPorts: [5061, 25_555] } }))
    const extra = report.results.filter(({ target }) => /:(5061|25555)$/.test(target))
    assert.deepEqual(
      extra.map(({ outcome, requirementIds }) => [outcome, requirementIds.length]),
      [
        ['not-tested', 0],
        ['pass', 0],
      ],
    )
    assert.equal(report.judgement.verdict, 'ready')
  })

  it('sends the report where a link asked for it, and says when that failed', async () => {
    const sent = await checkNetwork({}, { wish: { invitation: 'token' } })
    assert.equal(sent.state.name === 'done' && sent.state.sent, 'sent')
    const refused = { refused: { status: 410, code: 'INVITATION_GONE', title: 'Gone.' } }
    const failed = await checkNetwork({ refuses: { report: refused } }, { wish: { invitation: 'token' } })
    assert.deepEqual(failed.state.name === 'done' && failed.state.sent, refused)
  })

  it('sees that the translator takes another port for each target, which calls bear', async () => {
    const report = reportOf(await checkNetwork({ stun: 'per-target' }))
    const nat = report.results.find(({ check }) => check === 'nat')
    assert.deepEqual([nat?.outcome, nat?.finding.key], ['pass', 'natPerTarget'])
    assert.equal(report.judgement.verdict, 'ready')
  })

  it('tries everything without the catalogue as well, and then proves nothing', async () => {
    const refused = { refused: { status: 503, code: 'NOT_READY', title: 'Not now.' } }
    const report = reportOf(await checkNetwork({ refuses: { requirements: refused } }))
    assert.equal(report.judgement.verdict, 'not-proven')
    assert.ok(report.results.length > 10)
  })

  it('can be left and begun anew, and hears nothing more of what was left', async () => {
    const clock = new VirtualClock()
    const run = new CheckRun({
      ports: fakePorts(clock, { requirements: fakeRequirements }),
      page: { host: 'vaxel.example.com', port: 443, isSecure: true },
      userAgent: chrome,
      version: 'test',
    })
    const wish = { segment: 'office', people: { browsers: true, phones: true }, extraPorts: [] }
    const first = run.start(wish)
    await clock.advanceAsync(2000)
    run.leave()
    assert.equal(run.state.get().name, 'idle')
    const second = run.start({ ...wish, segment: 'floor 2' })
    await clock.advanceAsync(30_000)
    await Promise.all([first, second])
    const state = run.state.get()
    assert.deepEqual(state.name === 'done' && state.report.segments, ['floor 2'])
    assert.equal(state.name === 'done' && state.report.judgement.verdict, 'ready')
  })

  it('takes a headset that was tried afterwards into the report', async () => {
    const { run } = await checkNetwork({})
    run.addDevices({ microphone: { kind: 'silent', name: 'Headset' } })
    run.addDevices({ speaker: 'heard' })
    const state = run.state.get()
    const ids = state.name === 'done' ? state.rows.map(({ id, result }) => `${id} ${result.outcome}`) : []
    assert.ok(ids.includes('microphone limit') && ids.includes('speaker pass'), ids.join())
  })

  it('asks nothing of the range where nobody has a phone', async () => {
    const half: FakeNetwork = { udp: (port) => (port > 22_000 ? 'blocked' : 'open') }
    const report = reportOf(await checkNetwork(half, { wish: { people: { browsers: true, phones: false } } }))
    assert.equal(report.judgement.verdict, 'ready')
    assert.equal(report.results.find(({ target }) => target.endsWith('20000-29999'))?.outcome, 'fail')
  })
})
