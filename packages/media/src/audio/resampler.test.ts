import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { measureTone, meanPower } from '../tone/goertzel.ts'
import { sineCadence, ToneSource } from '../tone/tone-source.ts'
import { Resampler } from './resampler.ts'

/** One second of a sine, converted in frames of 20 ms or of changing length. */
function convert(from: number, to: number, hz: number, frames: (i: number) => number = () => from / 50): Int16Array {
  const resampler = new Resampler(from, to)
  const tone = new ToneSource(sineCadence(hz, -10), from)
  const heard: number[] = []
  for (let i = 0, done = 0; done < from; i++) {
    const frame = new Int16Array(Math.min(frames(i), from - done))
    tone.read(frame)
    done += frame.length
    const out = new Int16Array(resampler.outputLength(frame.length))
    heard.push(...out.subarray(0, resampler.process(frame, frame.length, out)))
  }
  return Int16Array.from(heard)
}

const pairs = [
  [8000, 16000],
  [8000, 48000],
  [16000, 48000],
  [16000, 8000],
  [48000, 8000],
  [48000, 16000],
] as const

describe('a resampler', () => {
  for (const [from, to] of pairs) {
    it(`keeps pitch, level and purity from ${from} to ${to} Hz, and neither loses nor adds a sample`, () => {
      for (const hz of [300, 1000, 3000]) {
        const sound = convert(from, to, hz)
        assert.equal(sound.length, to)
        const level = measureTone(sound.subarray(to / 10, to / 2), hz, to)
        assert.ok(Math.abs(level.levelDbov + 10) < 0.15, `${hz}: ${level.levelDbov}`)
        assert.ok(level.share > 0.99999, `${hz}: ${level.share}`)
      }
    })

    it(`gives the same from ${from} to ${to} Hz however the sound is cut into frames`, () => {
      const even = convert(from, to, 700)
      const uneven = convert(from, to, 700, (i) => [1, 77, 160, 3, 500][i % 5] as number)
      assert.deepEqual(uneven, even)
    })
  }

  it('lets nothing from above the lower Nyquist frequency through', () => {
    for (const hz of [4700, 6000, 7900]) {
      assert.ok(meanPower(convert(16000, 8000, hz).subarray(400)) < 10)
      assert.ok(meanPower(convert(48000, 8000, hz).subarray(400)) < 10)
    }
  })

  it('starts at frame 0 with exactly a tick’s samples per tick', () => {
    for (const [from, to] of pairs) {
      const resampler = new Resampler(from, to)
      const out = new Int16Array(resampler.outputLength(from / 50))
      for (let i = 0; i < 5; i++) assert.equal(resampler.process(new Int16Array(from / 50), from / 50, out), to / 50)
    }
  })
})
