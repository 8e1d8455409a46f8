import { type PlaySound, soundPatterns } from './work-sounds.ts'

let context: AudioContext | undefined

/** Plays a sound with the browser's own oscillators: nothing to fetch, nothing that can be missing. */
export const playSound: PlaySound = (name, level) => {
  try {
    context ??= new AudioContext()
    void context.resume().catch(() => {})
    let at = context.currentTime + 0.02
    for (const [hz, on, off] of soundPatterns[name]) {
      const gain = context.createGain()
      gain.gain.setValueAtTime(0, at)
      gain.gain.linearRampToValueAtTime(level * 0.3, at + 0.01)
      gain.gain.exponentialRampToValueAtTime(0.0005, at + on)
      gain.connect(context.destination)
      const tone = context.createOscillator()
      tone.type = hz < 300 ? 'triangle' : 'sine'
      tone.frequency.value = hz
      tone.connect(gain)
      tone.start(at)
      tone.stop(at + on)
      at += on + off
    }
  } catch {
    // A browser without sound still shows the offer.
  }
}
