/** A ringing of the page's own: tones, loudness from 0 to 1, and how long it sounds and is silent, in seconds, over and over. */
export interface RingPattern {
  readonly tonesHz: readonly number[]
  readonly level: number
  readonly beats: readonly (readonly [on: number, off: number])[]
}

/** A call rings pleasantly and clearly; a second one only knocks; the other side's ringing is the European tone (ITU-T E.180). */
export const ringPatterns: Readonly<Record<'call' | 'waiting' | 'ringback', RingPattern>> = {
  call: {
    tonesHz: [660, 880],
    level: 0.25,
    beats: [
      [0.4, 0.2],
      [0.4, 2],
    ],
  },
  waiting: {
    tonesHz: [440],
    level: 0.06,
    beats: [
      [0.15, 0.1],
      [0.15, 5],
    ],
  },
  ringback: { tonesHz: [425], level: 0.08, beats: [[1, 4]] },
}
