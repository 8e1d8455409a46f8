import { parseWavHeader, wavHeaderBytes } from './wav-format.ts'
import { wavFrameBytes } from './wav-samples.ts'

/**
 * How long a WAV file plays, or why it cannot be played.
 * @param bytes the whole file
 */
export function wavLength(
  bytes: Uint8Array,
): { readonly ok: true; readonly durationMs: number } | { readonly ok: false; readonly reason: string } {
  const parsed = parseWavHeader(bytes.subarray(0, wavHeaderBytes), bytes.length)
  if (!parsed.ok) return parsed
  const { format } = parsed
  const frames = (format.dataEnd - format.dataStart) / wavFrameBytes(format)
  return { ok: true, durationMs: (1000 * frames) / format.sampleRate }
}
