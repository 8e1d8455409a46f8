import type { Codec } from './codec.ts'
import { WaveformConcealer } from './waveform-concealer.ts'

/** A-law byte to 16-bit sample (ITU-T G.711 table 1, 13 bits left-justified). */
export const alawToLinear = Int16Array.from({ length: 256 }, (_, byte) => expandAlaw(byte))
/** Mu-law byte to 16-bit sample (ITU-T G.711 table 2, 14 bits left-justified). */
export const mulawToLinear = Int16Array.from({ length: 256 }, (_, byte) => expandMulaw(byte))
/** 16-bit sample + 32768 to A-law byte. */
const linearToAlaw = compressTable(compressAlaw)
/** 16-bit sample + 32768 to mu-law byte. */
const linearToMulaw = compressTable(compressMulaw)

/** A-law byte of one 16-bit sample. */
export function encodeAlaw(sample: number): number {
  return linearToAlaw[sample + 32768] as number
}

/** Mu-law byte of one 16-bit sample. */
export function encodeMulaw(sample: number): number {
  return linearToMulaw[sample + 32768] as number
}

/** ITU-T G.711 at 64 kbit/s, RTP payload types 8 (PCMA) and 0 (PCMU) of RFC 3551 §4.5.14. */
export class G711Codec implements Codec {
  readonly name: 'PCMA' | 'PCMU'
  readonly clockRate = 8000
  readonly sampleRate = 8000
  readonly #expand: Int16Array
  readonly #compress: Uint8Array
  readonly #concealer = new WaveformConcealer(8000)

  constructor(name: 'PCMA' | 'PCMU') {
    this.name = name
    this.#expand = name === 'PCMA' ? alawToLinear : mulawToLinear
    this.#compress = name === 'PCMA' ? linearToAlaw : linearToMulaw
  }

  decode(payload: Uint8Array, out: Int16Array): number {
    const count = Math.min(payload.length, out.length)
    const expand = this.#expand
    for (let i = 0; i < count; i++) out[i] = expand[payload[i] as number] as number
    this.#concealer.receive(out, count)
    return count
  }

  conceal(out: Int16Array, samples: number): number {
    return this.#concealer.conceal(out, samples)
  }

  encode(samples: Int16Array, out: Uint8Array): number {
    const count = Math.min(samples.length, out.length)
    const compress = this.#compress
    for (let i = 0; i < count; i++) out[i] = compress[(samples[i] as number) + 32768] as number
    return count
  }

  /** Nothing to do: each sample stands alone. */
  reset(): void {}

  close(): void {}
}

function expandAlaw(byte: number): number {
  const code = byte ^ 0x55
  const segment = (code >> 4) & 7
  const step = ((code & 15) << 4) + 8
  const magnitude = segment === 0 ? step : (step + 256) << (segment - 1)
  return code & 0x80 ? magnitude : -magnitude
}

function expandMulaw(byte: number): number {
  const code = ~byte & 0xff
  const magnitude = ((((code & 15) << 3) + 132) << ((code >> 4) & 7)) - 132
  return code & 0x80 ? -magnitude : magnitude
}

function compressAlaw(sample: number): number {
  const negative = sample < 0
  const magnitude = (negative ? -sample - 1 : sample) >> 4
  let segment = 0
  while (magnitude >> (segment + 4) > 0) segment++
  const step = segment < 2 ? magnitude : magnitude >> (segment - 1)
  const code = (segment << 4) | (step & 15)
  return (negative ? code : code | 0x80) ^ 0x55
}

function compressMulaw(sample: number): number {
  const negative = sample < 0
  const magnitude = Math.min(((negative ? ~sample : sample) >> 2) + 33, 0x1fff)
  const segment = 26 - Math.clz32(magnitude)
  const code = (segment << 4) | ((magnitude >> (segment + 1)) & 15)
  return ~(negative ? code | 0x80 : code) & 0xff
}

function compressTable(compress: (sample: number) => number): Uint8Array {
  return Uint8Array.from({ length: 65536 }, (_, index) => compress(index - 32768))
}
