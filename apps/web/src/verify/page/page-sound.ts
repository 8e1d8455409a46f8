/** A quiet tone for the streams of the check, made once; browsers let it run only after a click. */
export class PageSound {
  #context: AudioContext | undefined
  #stream: MediaStream | undefined

  /** To be called from within a click. */
  begin(): void {
    if (this.#context) return void this.#context.resume().catch(() => {})
    const make = window.AudioContext ?? (window as { webkitAudioContext?: typeof AudioContext }).webkitAudioContext
    if (!make) return
    const context = new make()
    const destination = context.createMediaStreamDestination()
    const oscillator = context.createOscillator()
    const gain = context.createGain()
    oscillator.frequency.value = 440
    gain.gain.value = 0.1
    oscillator.connect(gain).connect(destination)
    oscillator.start()
    void context.resume().catch(() => {})
    this.#context = context
    this.#stream = destination.stream
  }

  /** The track to send; throws where the browser makes none. */
  track(): MediaStreamTrack {
    const track = this.#stream?.getAudioTracks()[0]
    if (!track) throw new Error('no Web Audio')
    return track
  }

  /** Plays a tone to the speaker for so long. */
  async play(lengthMs: number): Promise<void> {
    this.begin()
    const context = this.#context
    if (!context) throw new Error('no Web Audio')
    await context.resume()
    const oscillator = context.createOscillator()
    const gain = context.createGain()
    oscillator.frequency.value = 660
    const end = context.currentTime + lengthMs / 1000
    gain.gain.setValueAtTime(0, context.currentTime)
    gain.gain.linearRampToValueAtTime(0.2, context.currentTime + 0.05)
    gain.gain.setValueAtTime(0.2, end - 0.1)
    gain.gain.linearRampToValueAtTime(0, end)
    oscillator.connect(gain).connect(context.destination)
    oscillator.start()
    oscillator.stop(end)
    await new Promise((resolve) => {
      oscillator.onended = resolve
    })
  }

  /** Loudness of a microphone's stream, 0 to 1, whenever asked. */
  meter(stream: MediaStream): () => number {
    this.begin()
    const context = this.#context!
    const analyser = context.createAnalyser()
    analyser.fftSize = 1024
    context.createMediaStreamSource(stream).connect(analyser)
    const samples = new Uint8Array(analyser.fftSize)
    return () => {
      analyser.getByteTimeDomainData(samples)
      let most = 0
      for (const sample of samples) most = Math.max(most, Math.abs(sample - 128))
      return most / 128
    }
  }
}
