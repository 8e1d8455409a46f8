import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { temporaryFolder } from '../temporary-folder.ts'
import { followTone, levelDbov, longestSilenceMs, toneLevelDbov } from './tone.ts'
import { readWav, sine, writeWav } from './wav.ts'

describe('tones in recordings', () => {
  it('measures the level of a sine and not its neighbour', () => {
    const samples = sine(8000, 440, 0.1, -10)
    assert.ok(Math.abs(toneLevelDbov(samples, 8000, 440) + 10) < 0.5)
    assert.ok(toneLevelDbov(samples, 8000, 880) < -50)
    assert.ok(Math.abs(levelDbov(samples) + 13) < 0.2)
  })

  it('finds a gap of 60 ms and none where there is none', () => {
    const samples = sine(8000, 440, 4)
    assert.ok(followTone(samples, 8000, 440).longestGapMs === 0)
    samples.fill(0, 16000, 16000 + 480)
    const gap = followTone(samples, 8000, 440).longestGapMs
    assert.ok(gap > 40 && gap <= 80, `${gap} ms`)
  })

  it('does not take another tone or noise for the one asked for', () => {
    assert.equal(followTone(sine(8000, 600, 2), 8000, 440).heardMs, 0)
    const noise = Float32Array.from({ length: 16000 }, (_, i) => (((i * 7919) % 2003) / 2003 - 0.5) * 0.5)
    assert.ok(followTone(noise, 8000, 440).heardMs < 200)
  })

  it('reads back what it wrote, and sees silence', () => {
    const path = join(temporaryFolder('wav'), 'tone.wav')
    const samples = sine(16000, 1000, 1)
    samples.fill(0, 0, 4800)
    writeWav(path, 16000, samples)
    const wav = readWav(path)
    assert.equal(wav.rateHz, 16000)
    assert.equal(wav.durationMs, 1000)
    assert.equal(longestSilenceMs(wav.channels[0]!, wav.rateHz), 300)
  })
})
