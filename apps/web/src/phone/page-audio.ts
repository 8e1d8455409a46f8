import type { AudioDevices, DeviceList } from './audio-devices.ts'
import type { AudioPort, Ringing } from './audio-port.ts'
import { type RingPattern, ringPatterns } from './ring-patterns.ts'

type WithSink = HTMLAudioElement & { setSinkId?(id: string): Promise<void> }

/** Devices as the browser lists them. */
export const pageDevices = (): DeviceList => ({
  enumerate: async () => (await navigator.mediaDevices?.enumerateDevices()) ?? [],
  onChange: (listener) => {
    navigator.mediaDevices?.addEventListener('devicechange', listener)
    return () => navigator.mediaDevices?.removeEventListener('devicechange', listener)
  },
  canChooseSpeaker: 'setSinkId' in HTMLMediaElement.prototype,
})

/** Microphone, speakers and tones of this page. */
export class PageAudio implements AudioPort {
  readonly #devices: () => AudioDevices
  readonly #elements = new Map<string, WithSink>()
  #microphone: MediaStream | undefined
  #opening: Promise<MediaStream> | undefined
  #context: AudioContext | undefined
  #ringing: Ringing = 'none'
  #ringer: { element: WithSink; stop: () => void } | undefined

  constructor(devices: () => AudioDevices) {
    this.#devices = devices
  }

  microphone(): Promise<MediaStream> {
    const isLive = this.#microphone?.getAudioTracks().some(({ readyState }) => readyState === 'live')
    if (isLive) return Promise.resolve(this.#microphone!)
    this.#opening ??= this.#open().finally(() => {
      this.#opening = undefined
    })
    return this.#opening
  }

  releaseMicrophone(): void {
    for (const track of this.#microphone?.getTracks() ?? []) track.stop()
    this.#microphone = undefined
  }

  /** The next use opens the one that is chosen now. */
  forgetMicrophone(): void {
    this.releaseMicrophone()
  }

  play(callId: string, stream: unknown): void {
    const element: WithSink = this.#elements.get(callId) ?? new Audio()
    this.#elements.set(callId, element)
    element.dataset.call = callId
    element.srcObject = stream as MediaStream
    this.#toSink(element, this.#devices().state.get().chosen.speaker)
    element.play().catch(() => {})
  }

  stop(callId: string): void {
    const element = this.#elements.get(callId)
    this.#elements.delete(callId)
    if (!element) return
    element.pause()
    element.srcObject = null
  }

  /** Another speaker or ringer was chosen, or is there again. */
  sinksChanged(): void {
    const { speaker, ringer } = this.#devices().state.get().chosen
    for (const element of this.#elements.values()) this.#toSink(element, speaker)
    if (this.#ringer) this.#toSink(this.#ringer.element, this.#ringing === 'call' ? ringer : speaker)
  }

  ring(ringing: Ringing): void {
    if (ringing === this.#ringing) return
    this.#ringing = ringing
    this.#ringer?.stop()
    this.#ringer = undefined
    if (ringing !== 'none') this.#ringer = this.#startRinging(ringPatterns[ringing], ringing === 'call')
  }

  async #open(): Promise<MediaStream> {
    if (!navigator.mediaDevices) throw new DOMException('no microphone without a secure page', 'NotSupportedError')
    const { microphone } = this.#devices().state.get().chosen
    const usual = { echoCancellation: true, noiseSuppression: true, autoGainControl: true }
    const wanted = microphone === undefined ? usual : { ...usual, deviceId: { exact: microphone } }
    const stream = await navigator.mediaDevices.getUserMedia({ audio: wanted }).catch((error: unknown) => {
      // The chosen one went away between the list and now: any is better than none.
      if (microphone === undefined || (error as Error).name !== 'OverconstrainedError') throw error
      return navigator.mediaDevices.getUserMedia({ audio: usual })
    })
    this.#microphone = stream
    void this.#devices().refresh()
    return stream
  }

  #startRinging(pattern: RingPattern, isOnRinger: boolean): { element: WithSink; stop: () => void } {
    const context = this.#audioContext()
    const out = context.createMediaStreamDestination()
    const gain = context.createGain()
    gain.gain.value = 0
    gain.connect(out)
    const oscillators = pattern.tonesHz.map((hz) => {
      const oscillator = context.createOscillator()
      oscillator.frequency.value = hz
      oscillator.connect(gain)
      oscillator.start()
      return oscillator
    })
    const schedule = () => {
      let at = context.currentTime + 0.05
      for (const [onSeconds, offSeconds] of pattern.beats) {
        gain.gain.setTargetAtTime(pattern.level, at, 0.01)
        gain.gain.setTargetAtTime(0, at + onSeconds, 0.02)
        at += onSeconds + offSeconds
      }
      return (at - context.currentTime) * 1000
    }
    let timer = window.setTimeout(function again() {
      timer = window.setTimeout(again, schedule())
    }, schedule())
    const element: WithSink = new Audio()
    element.srcObject = out.stream
    const { ringer, speaker } = this.#devices().state.get().chosen
    this.#toSink(element, isOnRinger ? ringer : speaker)
    element.play().catch(() => {})
    return {
      element,
      stop: () => {
        window.clearTimeout(timer)
        element.pause()
        element.srcObject = null
        for (const oscillator of oscillators) oscillator.stop()
        gain.disconnect()
      },
    }
  }

  #audioContext(): AudioContext {
    this.#context ??= new AudioContext()
    void this.#context.resume().catch(() => {})
    return this.#context
  }

  #toSink(element: WithSink, id: string | undefined): void {
    element.setSinkId?.(id ?? '').catch(() => {})
  }
}
