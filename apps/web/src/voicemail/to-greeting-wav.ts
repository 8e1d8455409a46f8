import { encodeWav } from './encode-wav.ts'

/** What greetings are kept in: wide enough for a voice over a wideband telephone. */
const greetingRateHz = 16_000

/**
 * Any sound that this browser can read, as a greeting is kept. Rejects for what is no sound.
 * @param sound a file, or what a MediaRecorder gave
 */
export async function toGreetingWav(sound: Blob): Promise<Uint8Array<ArrayBuffer>> {
  // The context resamples what it decodes to its own rate.
  const context = new OfflineAudioContext(1, 1, greetingRateHz)
  const decoded = await context.decodeAudioData(await sound.arrayBuffer())
  const mixed = new Float32Array(decoded.length)
  for (let channel = 0; channel < decoded.numberOfChannels; channel++) {
    const samples = decoded.getChannelData(channel)
    for (let i = 0; i < mixed.length; i++) mixed[i] = (mixed[i] ?? 0) + (samples[i] ?? 0) / decoded.numberOfChannels
  }
  return encodeWav(mixed, decoded.sampleRate)
}
