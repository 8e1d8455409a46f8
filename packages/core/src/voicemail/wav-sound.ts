/** What a WAV file that was taken for a greeting or a message is, and how loud over its length. */
export interface WavSound {
  readonly coding: 'pcm16' | 'alaw' | 'mulaw'
  readonly rateHz: number
  readonly channels: number
  readonly durationMs: number
  /** Samples of the first channel. */
  sample(index: number): number
  readonly sampleCount: number
}

export type ReadWav = { readonly ok: true; readonly sound: WavSound } | { readonly ok: false; readonly reason: string }

const rates = [8000, 16_000, 24_000, 32_000, 44_100, 48_000]

/**
 * Reads a WAV file (RIFF/WAVE): PCM of 16 bits, A-law or mu-law; mono or stereo; 8 to 48 kHz. A data chunk that claims more than is there
 * ends with the file, as after a crash.
 */
export function readWavSound(bytes: Uint8Array): ReadWav {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const no = (reason: string): ReadWav => ({ ok: false, reason })
  if (bytes.length < 12 || tag(view, 0) !== 'RIFF' || tag(view, 8) !== 'WAVE') return no('It is not a WAV file.')
  let format: { coding: WavSound['coding']; channels: number; rateHz: number } | undefined
  for (let at = 12, chunks = 0; at + 8 <= bytes.length && chunks < 64; chunks++) {
    const length = view.getUint32(at + 4, true)
    const start = at + 8
    if (tag(view, at) === 'fmt ') {
      if (length < 16 || start + 16 > bytes.length) return no('Its format cannot be read.')
      const declared = view.getUint16(start, true)
      const kind = declared === 0xfffe && start + 26 <= bytes.length ? view.getUint16(start + 24, true) : declared
      const bits = view.getUint16(start + 14, true)
      const coding =
        kind === 1 && bits === 16
          ? 'pcm16'
          : kind === 6 && bits === 8
            ? 'alaw'
            : kind === 7 && bits === 8
              ? 'mulaw'
              : undefined
      const channels = view.getUint16(start + 2, true)
      const rateHz = view.getUint32(start + 4, true)
      if (!coding) return no('It is neither PCM of 16 bits nor A-law nor mu-law.')
      if (channels !== 1 && channels !== 2) return no('It is neither mono nor stereo.')
      if (!rates.includes(rateHz)) return no(`Its sampling rate is none of ${rates.join(', ')} Hz.`)
      format = { coding, channels, rateHz }
    } else if (tag(view, at) === 'data') {
      if (!format) return no('Its format cannot be read.')
      return { ok: true, sound: soundOf(view, start, Math.min(bytes.length, start + length), format) }
    }
    at = start + length + (length & 1)
  }
  return no('There is no sound in it.')
}

function soundOf(
  view: DataView,
  start: number,
  end: number,
  format: { coding: WavSound['coding']; channels: number; rateHz: number },
): WavSound {
  const frameBytes = format.channels * (format.coding === 'pcm16' ? 2 : 1)
  const sampleCount = Math.floor((end - start) / frameBytes)
  const decode = format.coding === 'alaw' ? fromAlaw : fromMulaw
  return {
    ...format,
    sampleCount,
    durationMs: Math.round((sampleCount * 1000) / format.rateHz),
    sample: (index) => {
      const at = start + index * frameBytes
      return format.coding === 'pcm16' ? view.getInt16(at, true) : decode(view.getUint8(at))
    },
  }
}

/** How many bars a message is drawn with. */
const peakCount = 96

/** How loud a sound is over its length: a hexadecimal digit for each part, on a scale of 3 dB a step. */
export function peaksOf({ sampleCount, sample }: WavSound): string {
  const parts = Math.min(peakCount, sampleCount)
  let peaks = ''
  for (let part = 0; part < parts; part++) {
    const from = Math.floor((part * sampleCount) / parts)
    const to = Math.max(from + 1, Math.floor(((part + 1) * sampleCount) / parts))
    const stride = Math.max(1, Math.floor((to - from) / 400))
    let loudest = 0
    for (let i = from; i < to; i += stride) loudest = Math.max(loudest, Math.abs(sample(i)))
    const step = loudest === 0 ? 0 : Math.round(15 + (20 * Math.log10(loudest / 32_768)) / 3)
    peaks += Math.min(15, Math.max(0, step)).toString(16)
  }
  return peaks
}

/** ITU-T G.711, A-law. */
function fromAlaw(byte: number): number {
  const value = byte ^ 0x55
  const exponent = (value >> 4) & 7
  const mantissa = ((value & 15) << 4) + 8
  const magnitude = exponent === 0 ? mantissa : (mantissa + 256) << (exponent - 1)
  return value & 0x80 ? magnitude : -magnitude
}

/** ITU-T G.711, mu-law. */
function fromMulaw(byte: number): number {
  const value = ~byte & 0xff
  const magnitude = ((((value & 15) << 3) + 132) << ((value >> 4) & 7)) - 132
  return value & 0x80 ? -magnitude : magnitude
}

function tag(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3))
}
