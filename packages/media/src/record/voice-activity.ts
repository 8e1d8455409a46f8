import { tickMs } from '../audio/codec.ts'
import { meanPower, powerToDbov } from '../tone/goertzel.ts'

/** Below this it is never a voice, dBov. */
const faintestDbov = -52
/** A voice is so much louder than the noise of its line, dB. */
const aboveNoiseDb = 9
/** What is louder than this (and {@link aboveNoiseDb}) is never taken for noise, however steady, dBov. */
const loudestNoiseDbov = -42
/** The noise is the quietest of so long: nobody speaks longer without a breath. */
const noiseWindowTicks = 2500 / tickMs
/** Two ticks of three in a row: a click is no voice. */
const voicedTicks = 2

/**
 * Tells voice from silence by its level over the noise of the line, which it learns: the quietest tick of the last seconds.
 * One tick (20 ms) after another; `silentMs` is the time since a voice was last heard.
 */
export class VoiceActivity {
  #silentTicks = 0
  #run = 0
  #windowTick = 0
  #quietest = 0
  #quietestBefore = 0

  get silentMs(): number {
    return this.#silentTicks * tickMs
  }

  /** @param tick 20 ms of sound */
  hear(tick: Int16Array): void {
    const levelDbov = Math.max(-96, powerToDbov(meanPower(tick)))
    this.#learn(levelDbov)
    const noiseDbov = Math.min(loudestNoiseDbov, this.#quietest, this.#quietestBefore)
    const isLoud = levelDbov > Math.max(faintestDbov, noiseDbov + aboveNoiseDb)
    this.#run = isLoud ? this.#run + 1 : 0
    this.#silentTicks = this.#run >= voicedTicks ? 0 : this.#silentTicks + 1
  }

  /** Two half windows: the older one is forgotten as a whole. */
  #learn(levelDbov: number): void {
    if (this.#windowTick === 0) {
      this.#quietestBefore = this.#quietest
      this.#quietest = levelDbov
    }
    this.#quietest = Math.min(this.#quietest, levelDbov)
    this.#windowTick = (this.#windowTick + 1) % noiseWindowTicks
  }
}
