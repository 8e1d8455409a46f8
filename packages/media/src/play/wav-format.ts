/** How the samples of a WAV file are coded. */
export interface WavFormat {
  readonly coding: 'pcm16' | 'pcm8' | 'alaw' | 'mulaw'
  readonly channels: 1 | 2
  readonly sampleRate: number
  /** Where the samples begin and end in the file, bytes. */
  readonly dataStart: number
  readonly dataEnd: number
}

/** Why a file is not played. A value: files come from outside. */
export interface WavRefusal {
  readonly ok: false
  readonly reason: string
}

/** Bytes at the start of a file in which its format and the start of its samples must be found. */
export const wavHeaderBytes = 65536
const sampleRates = [8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000]
const mostChunks = 64

/**
 * Reads the header of a WAV file (RIFF/WAVE; PCM of 8 or 16 bits, A-law, mu-law; mono or stereo; 8 to 48 kHz).
 * @param head      the first bytes of the file, up to {@link wavHeaderBytes}
 * @param sizeBytes of the whole file; a data chunk that claims more (a recorder was killed, or a stream of unknown length) ends there
 */
export function parseWavHeader(head: Uint8Array, sizeBytes: number): { ok: true; format: WavFormat } | WavRefusal {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  if (head.length < 12 || tag(view, 0) !== 'RIFF' || tag(view, 8) !== 'WAVE') return refuse('not a WAV file')
  let shape: Omit<WavFormat, 'dataStart' | 'dataEnd'> | undefined
  let at = 12
  for (let chunk = 0; chunk < mostChunks && at + 8 <= head.length; chunk++) {
    const name = tag(view, at)
    const length = view.getUint32(at + 4, true)
    const start = at + 8
    if (name === 'fmt ') {
      if (length < 16 || start + length > head.length) return refuse('its format chunk is cut off')
      const parsed = parseFormat(view, start, length)
      if ('ok' in parsed) return parsed
      shape = parsed
    } else if (name === 'data') {
      if (shape === undefined) return refuse('its samples come before their format')
      const frame = shape.channels * (shape.coding === 'pcm16' ? 2 : 1)
      const dataEnd = Math.min(start + length, sizeBytes)
      const whole = Math.max(0, Math.floor((dataEnd - start) / frame) * frame)
      return { ok: true, format: { ...shape, dataStart: start, dataEnd: start + whole } }
    }
    at = start + length + (length & 1)
  }
  return refuse('it has no samples, or they begin too far into the file')
}

function parseFormat(
  view: DataView,
  start: number,
  length: number,
): Omit<WavFormat, 'dataStart' | 'dataEnd'> | WavRefusal {
  const declared = view.getUint16(start, true)
  const isExtensible = declared === 0xfffe && length >= 26
  const coding = codingOf(isExtensible ? view.getUint16(start + 24, true) : declared, view.getUint16(start + 14, true))
  const channels = view.getUint16(start + 2, true)
  const sampleRate = view.getUint32(start + 4, true)
  if (coding === undefined) return refuse('only PCM of 8 or 16 bits, A-law and mu-law are played')
  if (channels !== 1 && channels !== 2) return refuse('only mono and stereo are played')
  if (!sampleRates.includes(sampleRate)) return refuse(`its sampling rate is none of ${sampleRates.join(', ')} Hz`)
  return { coding, channels, sampleRate }
}

function codingOf(format: number, bits: number): WavFormat['coding'] | undefined {
  if (format === 1) return bits === 16 ? 'pcm16' : bits === 8 ? 'pcm8' : undefined
  if (bits !== 8) return undefined
  return format === 6 ? 'alaw' : format === 7 ? 'mulaw' : undefined
}

function tag(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3))
}

function refuse(reason: string): WavRefusal {
  return { ok: false, reason }
}
