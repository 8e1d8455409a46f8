import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { applyLimit, readSettings } from './apply-limit.ts'
import type { Capacity } from './capacity.ts'

const folder = mkdtempSync(join(tmpdir(), 'vaxel-apply-'))
after(() => rmSync(folder, { recursive: true }))

const measured = (more: Partial<Capacity> = {}): Capacity => ({
  machine: { processor: 'A processor', cores: 2, memoryGib: 8, kernel: '6.1', node: 'v24', peers: {} },
  at: '2026-11-21T06:00:00.000Z',
  seconds: 118,
  serverProcessors: 1,
  hasOwnProcessorForLoad: true,
  knees: [],
  proposal: { setting: 'maxCalls', value: 400, from: 'recorded', marginPercent: 20 },
  warnings: [],
  notMeasured: [],
  ...more,
})

describe('the measured limit', () => {
  it('is written beside what else is set, for the same readers', async () => {
    const file = join(folder, 'vaxel.json')
    writeFileSync(file, '{ "httpPort": 8080, "maxCalls": 5000 }', { mode: 0o640 })
    assert.deepEqual(await applyLimit(file, measured()), { file, value: 400, before: 5000 })
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), { httpPort: 8080, maxCalls: 400 })
    assert.equal(statSync(file).mode & 0o777, 0o640)
    assert.deepEqual(readdirSync(folder), ['vaxel.json'])
  })

  it('is written where nothing was set yet', async () => {
    const file = join(folder, 'new', 'vaxel.json')
    assert.deepEqual(await applyLimit(file, measured()), { file, value: 400 })
    assert.deepEqual(await readSettings(file), { maxCalls: 400 })
    assert.equal(statSync(file).mode & 0o777, 0o600)
  })

  it('is not written after a disturbed measurement, nor into a file that is not understood', async () => {
    const file = join(folder, 'other.json')
    const disturbed = await applyLimit(file, measured({ warnings: ['3 live calls were on this machine'] }))
    assert.match(String(disturbed), /^Not written: 3 live calls were on this machine\./)
    const { proposal: _, ...none } = measured()
    assert.match(String(await applyLimit(file, none)), /not one call with audio was clean/)
    writeFileSync(file, '{ "maxCalls": ')
    await assert.rejects(applyLimit(file, measured()), /other\.json is not a JSON object\. Mend it first/)
    assert.equal(readFileSync(file, 'utf8'), '{ "maxCalls": ')
  })
})
