let context: AudioContext | undefined

/** Two tones, twice: heard across a room. A browser without sound still shows the alarm. */
export function playAlarm(): void {
  try {
    context ??= new AudioContext()
    void context.resume().catch(() => {})
    let at = context.currentTime + 0.02
    for (const hz of [880, 660, 880, 660]) {
      const gain = context.createGain()
      gain.gain.setValueAtTime(0, at)
      gain.gain.linearRampToValueAtTime(0.25, at + 0.02)
      gain.gain.exponentialRampToValueAtTime(0.0005, at + 0.28)
      gain.connect(context.destination)
      const tone = context.createOscillator()
      tone.frequency.value = hz
      tone.connect(gain)
      tone.start(at)
      tone.stop(at + 0.28)
      at += 0.3
    }
  } catch {
    // Nothing to be done about it, and the alarm stands on the screen.
  }
}
