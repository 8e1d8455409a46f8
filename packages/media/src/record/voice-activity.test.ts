import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { VoiceActivity } from './voice-activity.ts'

/** Noise of a level with speech-like bursts over it; the same each time. */
class Line {
  #seed = 12345

  tick(levelDbov: number): Int16Array {
    const amplitude = 32768 * 10 ** (levelDbov / 20) * Math.sqrt(3)
    return Int16Array.from({ length: 160 }, () => {
      this.#seed = (this.#seed * 1103515245 + 12345) % 2147483648
      return (2 * (this.#seed / 2147483648) - 1) * amplitude
    })
  }
}

function feed(activity: VoiceActivity, line: Line, ms: number, levelAt: (ms: number) => number): void {
  for (let at = 0; at < ms; at += 20) activity.hear(line.tick(levelAt(at)))
}

/** Syllables: 160 ms of voice, 80 ms between them. */
const speech = (voiceDbov: number, noiseDbov: number) => (ms: number) => (ms % 240 < 160 ? voiceDbov : noiseDbov)

describe('voice activity', () => {
  for (const noiseDbov of [-90, -60, -48]) {
    it(`hears a voice, and the silence after it, over noise of ${noiseDbov} dBov`, () => {
      const [activity, line] = [new VoiceActivity(), new Line()]
      feed(activity, line, 6000, speech(noiseDbov + 25, noiseDbov))
      const isFaint = noiseDbov + 25 < -52
      if (!isFaint) assert.ok(activity.silentMs <= 120, `${activity.silentMs}`)
      feed(activity, line, 5000, () => noiseDbov)
      assert.ok(activity.silentMs >= 5000)
    })
  }

  it('learns noise that begins on the line, and hears a voice over it again', () => {
    const [activity, line] = [new VoiceActivity(), new Line()]
    feed(activity, line, 3000, speech(-25, -70))
    feed(activity, line, 9000, () => -45)
    assert.ok(activity.silentMs >= 3000, `${activity.silentMs}`)
    feed(activity, line, 1000, speech(-25, -45))
    assert.ok(activity.silentMs <= 120)
  })

  it('takes a click for no voice, and a steady loud tone for one', () => {
    const [activity, line] = [new VoiceActivity(), new Line()]
    feed(activity, line, 2000, (ms) => (ms === 1000 ? -10 : -80))
    assert.ok(activity.silentMs >= 2000)
    feed(activity, line, 8000, () => -15)
    assert.equal(activity.silentMs, 0)
  })
})
