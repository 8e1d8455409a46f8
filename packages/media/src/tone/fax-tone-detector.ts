import { goertzelPower, meanPower } from './goertzel.ts'

export type FaxTone = 'CNG' | 'CED'

/** ITU-T T.30 §4: of who sends, half a second every three; of who answers, 2.6 to 4 seconds. */
const tones: readonly { readonly tone: FaxTone; readonly hz: number; readonly stretches: number }[] = [
  { tone: 'CNG', hz: 1100, stretches: 5 },
  { tone: 'CED', hz: 2100, stretches: 7 },
]
/** RMS below −43 dBov is no tone of a machine. */
const quietest = (32768 * 10 ** (-43 / 20)) ** 2
/** So short a stretch takes frequencies 38 Hz beside the right one, as machines may have them, for three quarters of what they are. */
const stretchSeconds = 0.008
/** Share of the energy that a tone holds; a voice does not hold it for long. */
const leastShare = 0.65

/**
 * Hears a fax machine in stretches of sound, each some milliseconds, that are 80 ms apart: a tone is one when it is in enough of them without a
 * break. (The answering tone of faster machines turns its phase every 450 ms; one stretch may miss it for that.)
 */
export class FaxToneDetector {
  readonly #sampleRate: number
  readonly #onTone: (tone: FaxTone) => void
  readonly #told = new Set<FaxTone>()
  #heard: FaxTone | undefined
  #count = 0
  #hasMissed = false

  /** @param onTone called once for each */
  constructor(sampleRate: number, onTone: (tone: FaxTone) => void) {
    this.#sampleRate = sampleRate
    this.#onTone = onTone
  }

  /** Both were heard: there is nothing to listen for. */
  get isDone(): boolean {
    return this.#told.size === tones.length
  }

  receive(samples: Int16Array): void {
    const heard = this.#recognise(samples)
    if (heard !== undefined && heard.tone === this.#heard) {
      this.#count++
      if (this.#count >= heard.stretches && !this.#told.has(heard.tone)) {
        this.#told.add(heard.tone)
        this.#onTone(heard.tone)
      }
      return
    }
    if (heard === undefined && this.#heard === 'CED' && !this.#hasMissed) {
      this.#hasMissed = true
      return
    }
    this.#heard = heard?.tone
    this.#count = heard ? 1 : 0
    this.#hasMissed = false
  }

  #recognise(samples: Int16Array) {
    const end = Math.min(samples.length, this.#sampleRate * stretchSeconds)
    const whole = meanPower(samples, 0, end)
    if (whole < quietest) return undefined
    return tones.find(({ hz }) => goertzelPower(samples, 0, end, hz, this.#sampleRate) > leastShare * whole)
  }
}
