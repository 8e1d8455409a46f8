import type { AudioSource } from '../audio/audio-source.ts'

/** One chord for two bars: a low note and the notes of its arpeggio, as MIDI numbers. */
const chords = [
  { bass: 48, notes: [60, 64, 67, 71, 74, 71, 67, 64] },
  { bass: 45, notes: [57, 60, 64, 67, 72, 67, 64, 60] },
  { bass: 41, notes: [57, 60, 65, 69, 72, 69, 65, 60] },
  { bass: 43, notes: [59, 62, 67, 71, 74, 71, 67, 62] },
  { bass: 40, notes: [55, 59, 64, 67, 71, 67, 64, 59] },
  { bass: 45, notes: [57, 60, 64, 69, 72, 69, 64, 60] },
  { bass: 38, notes: [57, 60, 65, 69, 74, 69, 65, 62] },
  { bass: 43, notes: [55, 59, 62, 67, 69, 67, 62, 59] },
]
const noteMs = 360
const pluckSeconds = 0.7
const pluckTailMs = 2400
const padTailMs = 800
const pluckLevel = 3600
const padLevel = 1100

interface Note {
  readonly start: number
  readonly end: number
  readonly frequencyHz: number
  readonly kind: 'pluck' | 'pad'
}

/**
 * Music on hold of our own: a calm arpeggio over eight chords that comes round every 23 seconds. It is synthesised the first
 * time that someone hears it, a moment at a time, and kept, so that all who wait share the work.
 */
export class Music {
  readonly #sampleRate: number
  readonly #loop: Int16Array
  readonly #notes: readonly Note[]
  #rendered = 0

  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate
    this.#loop = new Int16Array(Math.round((chords.length * 8 * noteMs * sampleRate) / 1000))
    this.#notes = score(sampleRate)
  }

  /** A listener of its own, from the beginning, without end. */
  listen(): AudioSource {
    let at = 0
    return {
      read: (out) => {
        for (let filled = 0; filled < out.length; ) {
          const count = Math.min(out.length - filled, this.#loop.length - at)
          this.#renderTo(at + count)
          for (let i = 0; i < count; i++) out[filled + i] = this.#loop[at + i] as number
          filled += count
          at = (at + count) % this.#loop.length
        }
        return true
      },
    }
  }

  #renderTo(end: number): void {
    const start = this.#rendered
    if (end <= start) return
    for (const note of this.#notes) {
      this.#add(note, Math.max(start, note.start), Math.min(end, note.end))
      // What sounds on past the end is heard at the beginning, so that the loop has no seam.
      const length = this.#loop.length
      if (note.end > length) this.#add(note, Math.max(start + length, note.start), Math.min(end + length, note.end))
    }
    this.#rendered = end
  }

  #add(note: Note, from: number, to: number): void {
    const loop = this.#loop
    const turn = (2 * Math.PI * note.frequencyHz) / this.#sampleRate
    for (let i = from; i < to; i++) {
      const at = i - note.start
      const phase = turn * at
      const level = note.kind === 'pluck' ? this.#pluck(at, phase) : this.#pad(at, phase, note.end - note.start)
      const index = i % loop.length
      loop[index] = (loop[index] as number) + Math.round(level)
    }
  }

  #pluck(at: number, phase: number): number {
    const seconds = at / this.#sampleRate
    const attack = Math.min(1, seconds / 0.008)
    const tail = Math.max(0, 1 - seconds / (pluckTailMs / 1000))
    const decay = Math.exp(-seconds / pluckSeconds) * attack * tail
    const bright = Math.exp(-seconds / 0.25)
    return (
      pluckLevel * decay * (Math.sin(phase) + 0.35 * bright * Math.sin(2 * phase) + 0.12 * bright * Math.sin(3 * phase))
    )
  }

  #pad(at: number, phase: number, length: number): number {
    const rise = Math.min(1, at / (0.6 * this.#sampleRate))
    const fall = Math.min(1, (length - at) / ((padTailMs / 1000) * this.#sampleRate))
    return padLevel * rise * fall * (Math.sin(phase) + 0.4 * Math.sin(2 * phase + 0.5))
  }
}

const musicByRate = new Map<number, Music>()

/** A listener of the one music of this worker. */
export function musicOnHold(sampleRate: number): AudioSource {
  let music = musicByRate.get(sampleRate)
  if (music === undefined) {
    music = new Music(sampleRate)
    musicByRate.set(sampleRate, music)
  }
  return music.listen()
}

function score(sampleRate: number): Note[] {
  const ticks = (ms: number) => Math.round((ms * sampleRate) / 1000)
  return chords.flatMap((chord, bar) => {
    const barMs = bar * 8 * noteMs
    const plucks = chord.notes.map((key, i): Note => {
      const startMs = barMs + i * noteMs
      return { start: ticks(startMs), end: ticks(startMs + pluckTailMs), frequencyHz: pitch(key), kind: 'pluck' }
    })
    const pads = [chord.bass + 12, chord.bass + 19].map((key): Note => {
      return { start: ticks(barMs), end: ticks(barMs + 8 * noteMs + padTailMs), frequencyHz: pitch(key), kind: 'pad' }
    })
    return [...plucks, ...pads]
  })
}

/** Frequency of a MIDI key, equal temperament on A4 = 440 Hz. */
function pitch(key: number): number {
  return 440 * 2 ** ((key - 69) / 12)
}
