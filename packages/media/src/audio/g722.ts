import type { Codec } from './codec.ts'
import { G722Band } from './g722-band.ts'
import { ilb, iln, ilp, q6, qm2, qm4, qm6, qmfTaps, wh, wl } from './g722-tables.ts'
import { WaveformConcealer } from './waveform-concealer.ts'

/** ITU-T G.722 at 64 kbit/s (mode 1): 16 kHz audio, one byte for two samples, RTP payload type 9 with clock 8000. */
export class G722Codec implements Codec {
  readonly name = 'G722'
  readonly clockRate = 8000
  readonly sampleRate = 16000
  readonly #encoder = new G722Encoder()
  readonly #decoder = new G722Decoder()
  readonly #concealer = new WaveformConcealer(16000)

  decode(payload: Uint8Array, out: Int16Array): number {
    const count = this.#decoder.decode(payload, out)
    this.#concealer.receive(out, count)
    return count
  }

  conceal(out: Int16Array, samples: number): number {
    return this.#concealer.conceal(out, samples)
  }

  encode(samples: Int16Array, out: Uint8Array): number {
    return this.#encoder.encode(samples, out)
  }

  reset(): void {
    this.#decoder.reset()
  }

  close(): void {}
}

/** The encoder alone: transmit quadrature mirror filter and two adaptive differential quantizers. */
export class G722Encoder {
  readonly #low = new G722Band(32)
  readonly #high = new G722Band(8)
  readonly #past = new Int32Array(24)

  /** Encodes pairs of samples; an odd last one is left out. Returns bytes written. */
  encode(samples: Int16Array, out: Uint8Array): number {
    const count = Math.min(samples.length >> 1, out.length)
    const past = this.#past
    for (let i = 0; i < count; i++) {
      past.copyWithin(0, 2)
      past[22] = samples[2 * i] as number
      past[23] = samples[2 * i + 1] as number
      let odd = 0
      let even = 0
      for (let tap = 0; tap < 12; tap++) {
        odd += (past[2 * tap] as number) * (qmfTaps[tap] as number)
        even += (past[2 * tap + 1] as number) * (qmfTaps[11 - tap] as number)
      }
      out[i] = (this.#encodeHigh((even - odd) >> 14) << 6) | this.#encodeLow((even + odd) >> 14)
    }
    return count
  }

  reset(): void {
    this.#low.reset()
    this.#high.reset()
    this.#past.fill(0)
  }

  #encodeLow(input: number): number {
    const band = this.#low
    const difference = saturate(input - band.prediction)
    const magnitude = difference >= 0 ? difference : -(difference + 1)
    let interval = 1
    while (interval < 30 && magnitude >= ((q6[interval] as number) * band.scale) >> 12) interval++
    const code = (difference < 0 ? iln[interval] : ilp[interval]) as number
    adaptLow(band, code >> 2)
    return code
  }

  #encodeHigh(input: number): number {
    const band = this.#high
    const difference = saturate(input - band.prediction)
    const magnitude = difference >= 0 ? difference : -(difference + 1)
    const isOuter = magnitude >= (564 * band.scale) >> 12
    const code = (difference < 0 ? 0 : 2) + (isOuter ? 0 : 1)
    adaptHigh(band, code)
    return code
  }
}

/** The decoder alone. */
export class G722Decoder {
  readonly #low = new G722Band(32)
  readonly #high = new G722Band(8)
  readonly #past = new Int32Array(24)

  /** Decodes bytes to pairs of samples. Returns samples written. */
  decode(payload: Uint8Array, out: Int16Array): number {
    const count = Math.min(payload.length, out.length >> 1)
    const past = this.#past
    for (let i = 0; i < count; i++) {
      const byte = payload[i] as number
      const low = this.#decodeLow(byte & 0x3f)
      const high = this.#decodeHigh(byte >> 6)
      past.copyWithin(0, 2)
      past[22] = low + high
      past[23] = low - high
      let first = 0
      let second = 0
      for (let tap = 0; tap < 12; tap++) {
        second += (past[2 * tap] as number) * (qmfTaps[tap] as number)
        first += (past[2 * tap + 1] as number) * (qmfTaps[11 - tap] as number)
      }
      out[2 * i] = saturate(first >> 11)
      out[2 * i + 1] = saturate(second >> 11)
    }
    return 2 * count
  }

  reset(): void {
    this.#low.reset()
    this.#high.reset()
    this.#past.fill(0)
  }

  #decodeLow(code: number): number {
    const band = this.#low
    const sound = limit15(band.prediction + ((band.scale * (qm6[code] as number)) >> 15))
    adaptLow(band, code >> 2)
    return sound
  }

  #decodeHigh(code: number): number {
    const band = this.#high
    const difference = (band.scale * (qm2[code] as number)) >> 15
    const sound = limit15(band.prediction + difference)
    adaptHigh(band, code)
    return sound
  }
}

/** LOGSCL, SCALEL and the predictor of the lower band (§3.6.2, §5.2.1). */
function adaptLow(band: G722Band, code: number): void {
  const difference = (band.scale * (qm4[code] as number)) >> 15
  band.logScale = clamp(((band.logScale * 127) >> 7) + (wl[code] as number), 18432)
  band.scale = antilog(band.logScale, 8)
  band.adapt(difference)
}

/** LOGSCH, SCALEH and the predictor of the higher band. */
function adaptHigh(band: G722Band, code: number): void {
  const difference = (band.scale * (qm2[code] as number)) >> 15
  band.logScale = clamp(((band.logScale * 127) >> 7) + (wh[code] as number), 22528)
  band.scale = antilog(band.logScale, 10)
  band.adapt(difference)
}

function antilog(logScale: number, shift: number): number {
  const mantissa = ilb[(logScale >> 6) & 31] as number
  const right = shift - (logScale >> 11)
  return (right < 0 ? mantissa << -right : mantissa >> right) << 2
}

function clamp(value: number, most: number): number {
  return value < 0 ? 0 : value > most ? most : value
}

function limit15(value: number): number {
  return value > 16383 ? 16383 : value < -16384 ? -16384 : value
}

function saturate(value: number): number {
  return value > 32767 ? 32767 : value < -32768 ? -32768 : value
}
