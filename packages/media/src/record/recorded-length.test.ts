import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { recordedLengthMs } from './recorded-length.ts'
import { makeWavHeader, wavHeaderBytes } from './wav-header.ts'

describe('the length of a recording', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vaxel-recorded-'))
  const path = join(folder, 'a.wav')
  after(() => rmSync(folder, { recursive: true }))

  it('is that of its samples, in both codings', async () => {
    writeFileSync(path, Buffer.concat([makeWavHeader('pcm16', 8000, 32_000), Buffer.alloc(32_000)]))
    assert.equal(await recordedLengthMs(path), 1000)
    writeFileSync(path, Buffer.concat([makeWavHeader('alaw', 16_000, 16_000), Buffer.alloc(16_000)]))
    assert.equal(await recordedLengthMs(path), 500)
  })

  it('is that of what is there when the process died while it wrote', async () => {
    writeFileSync(path, Buffer.concat([makeWavHeader('pcm16', 8000, 32_000), Buffer.alloc(32_000)]))
    truncateSync(path, wavHeaderBytes + 16_003)
    assert.equal(await recordedLengthMs(path), 500)
  })

  it('is not known of a file that is missing, cut within its header, or none of ours', async () => {
    assert.equal(await recordedLengthMs(join(folder, 'none.wav')), undefined)
    truncateSync(path, 20)
    assert.equal(await recordedLengthMs(path), undefined)
    writeFileSync(path, 'a text')
    assert.equal(await recordedLengthMs(path), undefined)
  })
})
