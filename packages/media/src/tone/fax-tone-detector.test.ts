import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type FaxTone, FaxToneDetector } from './fax-tone-detector.ts'

/** Hears sound as a leg does: 20 ms of each 80 ms. */
function tonesIn(seconds: number, soundAt: (second: number) => number): FaxTone[] {
  const told: FaxTone[] = []
  const detector = new FaxToneDetector(8000, (tone) => told.push(tone))
  for (let at = 0; at < seconds; at += 0.08)
    detector.receive(Int16Array.from({ length: 160 }, (_, i) => soundAt(at + i / 8000)))
  return told
}
const sine = (hz: number, second: number, level = 8000) => level * Math.sin(2 * Math.PI * hz * second)

describe('the tones of fax machines', () => {
  it('are heard: half a second of 1100 Hz every three and a half, once', () => {
    assert.deepEqual(
      tonesIn(12, (s) => (s % 3.5 < 0.5 ? sine(1100, s) : 0)),
      ['CNG'],
    )
  })

  it('are heard: 2100 Hz, also with its phase turned every 450 ms', () => {
    assert.deepEqual(
      tonesIn(3, (s) => sine(2100, s)),
      ['CED'],
    )
    assert.deepEqual(
      tonesIn(3, (s) => (Math.floor(s / 0.45) % 2 === 0 ? 1 : -1) * sine(2100, s)),
      ['CED'],
    )
  })

  it('are heard within the limits of T.30, 1100 ± 38 Hz and 2100 ± 15 Hz, and softly', () => {
    for (const [hz, tone] of [
      [1062, 'CNG'],
      [1138, 'CNG'],
      [2085, 'CED'],
      [2115, 'CED'],
    ] as const)
      assert.deepEqual(
        tonesIn(3, (s) => sine(hz, s, 500)),
        [tone],
        String(hz),
      )
  })

  it('are not heard in other sound: ringing, digits, hum, a whistle that slides, noise', () => {
    let seed = 1
    const noise = () => ((seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647 - 0.5) * 20_000
    for (const sound of [
      (s: number) => sine(425, s),
      (s: number) => sine(941, s) + sine(1336, s),
      (s: number) => sine(1100, s) + sine(1700, s),
      (s: number) => sine(700 + 400 * s, s),
      noise,
      () => 0,
    ])
      assert.deepEqual(tonesIn(5, sound), [])
  })
})
