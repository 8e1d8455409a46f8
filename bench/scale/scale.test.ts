import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { assumptions, firstBottleneck, installationFor } from './installation.ts'
import { type Measured, valueAmong } from './measured.ts'
import { readScale, renderScale } from './render-scale.ts'

const round: Measured = {
  'registrations.cpu': 0.1,
  'registrations.rate': 10_000,
  'calls.cpu': 1,
  'calls.rate': 1_000,
  'calls.disk': 10,
  'media.plain.calls': 1_000,
  'media.srtp.calls': 500,
  'media.recorded.calls': 500,
  'memory.registration.resident': 10,
  'memory.call.resident': 50,
  'start.users': 2,
  'kamailio.registrations.cpu': 0.03,
  'kamailio.calls.cpu': 0.1,
  'rtpengine.plain.calls': 1_000,
}

describe('docs/scale.md', () => {
  it('is what follows from its own table of measured figures', () => {
    const page = readFileSync(new URL('../../docs/scale.md', import.meta.url), 'utf8')
    const read = readScale(page)
    assert.ok(read, 'docs/scale.md has no table of measured figures')
    assert.equal(page, renderScale(read.measured, read.source), 'run node bench/write-scale.ts')
    for (const [id, value] of Object.entries(read.measured)) assert.ok(value > 0, `${id} was never measured`)
  })

  it('reckons the largest server asked for: 8,000 users are 20,000 calls an hour', () => {
    const of = installationFor(8_000, round)
    assert.equal(of.callsPerHour, 20_000)
    assert.equal(of.callsAtOnce, 1_000)
    assert.equal(of.registrations, 12_000)
    // 800 calls at 500 a core and 200 at 1 / (1/500 + 1/500 - 1/1000) = 333.3 a core, each core at most 60 % full.
    assert.equal(of.mediaCores.toFixed(6), (800 / 500 / 0.6 + 200 / (1_000 / 3) / 0.6).toFixed(6))
    assert.equal(of.nodes, 2)
    assert.equal(firstBottleneck(of), 'media')
  })

  it('needs a node for each signalling thread that would be more than so full', () => {
    const of = installationFor(8_000, { ...round, 'calls.cpu': 300 })
    assert.equal(of.nodesForSignalling, Math.ceil(of.signallingCores))
    assert.ok(of.signallingCores > (of.callsPerSecond * 300) / 1000 / assumptions.fullPart)
    assert.equal(firstBottleneck(of), 'signalling')
  })

  it('takes a figure of ours and one of a peer by their ids', () => {
    const figures = [
      { id: 'calls.cpu', what: 'x', system: 'vaxel', value: 1, unit: '' },
      { id: 'calls.cpu', what: 'x', system: 'kamailio -x default', value: 3, unit: '' },
      { id: 'calls.cpu', what: 'x', system: 'kamailio -x fm', value: 2, unit: '' },
    ]
    assert.equal(valueAmong(figures, 'calls.cpu'), 1)
    assert.equal(valueAmong(figures, 'kamailio.calls.cpu'), 2)
    assert.equal(valueAmong(figures, 'rtpengine.plain.calls'), undefined)
  })
})
