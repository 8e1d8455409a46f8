import type { AudioSource } from './audio-source.ts'
import { tickMs } from './codec.ts'
import { Resampler } from './resampler.ts'

/** A source at another rate, read a tick of 20 ms at a time; the very same source where the rates are equal. */
export function resampledSource(source: AudioSource, from: number, to: number): AudioSource {
  if (from === to) return source
  const resampler = new Resampler(from, to)
  const frame = new Int16Array((from * tickMs) / 1000)
  return {
    read(out) {
      const goesOn = source.read(frame)
      resampler.process(frame, frame.length, out)
      return goesOn
    },
    close: () => source.close?.(),
  }
}
