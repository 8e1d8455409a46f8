import type { Codec } from './codec.ts'
import { G722Band } from './g722-band.ts'
import { ilb, iln, ilp, q6, qm2, qm4, qm6, qmfTaps, wh, wl } from './g722-tables.ts'
import { WaveformConcealer } from './waveform-concealer.ts'

/** What the 24-tap filters look back on, and how much is taken in at once: 20 ms. */
const historySamples = 22
const blockSamples = 320

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
  readonly #line = new Int32Array(historySamples + blockSamples)

  /** Encodes pairs of samples; an odd last one is left out. Returns bytes written. */
  encode(samples: Int16Array, out: Uint8Array): number {
    const count = Math.min(samples.length >> 1, out.length)
    const line = this.#line
    for (let done = 0; done < count; done += blockSamples / 2) {
      const pairs = Math.min(count - done, blockSamples / 2)
      for (let i = 0; i < 2 * pairs; i++) line[historySamples + i] = samples[2 * done + i] as number
      for (let i = 0; i < pairs; i++) out[done + i] = this.#encodePair(2 * i)
      line.copyWithin(0, 2 * pairs, 2 * pairs + historySamples)
    }
    return count
  }

  reset(): void {
    this.#low.reset()
    this.#high.reset()
    this.#line.fill(0)
  }

  /** Transmit filter over the 24 samples from `at` on, then both quantizers. */
  #encodePair(at: number): number {
    const line = this.#line
    let odd = 0
    let even = 0
    for (let tap = 0; tap < 12; tap++) {
      odd += (line[at + 2 * tap] as number) * (qmfTaps[tap] as number)
      even += (line[at + 2 * tap + 1] as number) * (qmfTaps[11 - tap] as number)
    }
    return (this.#encodeHigh((even - odd) >> 14) << 6) | this.#encodeLow((even + odd) >> 14)
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
  readonly #line = new Int32Array(historySamples + blockSamples)

  /** Decodes bytes to pairs of samples. Returns samples written. */
  decode(payload: Uint8Array, out: Int16Array): number {
    const count = Math.min(payload.length, out.length >> 1)
    const line = this.#line
    for (let done = 0; done < count; done += blockSamples / 2) {
      const pairs = Math.min(count - done, blockSamples / 2)
      for (let i = 0; i < pairs; i++) {
        const byte = payload[done + i] as number
        const low = this.#decodeLow(byte & 0x3f)
        const high = this.#decodeHigh(byte >> 6)
        line[historySamples + 2 * i] = low + high
        line[historySamples + 2 * i + 1] = low - high
        this.#combine(2 * i, out, 2 * (done + i))
      }
      line.copyWithin(0, 2 * pairs, 2 * pairs + historySamples)
    }
    return 2 * count
  }

  reset(): void {
    this.#low.reset()
    this.#high.reset()
    this.#line.fill(0)
  }

  /** Receive filter over the 24 values from `at` on: two samples. */
  #combine(at: number, out: Int16Array, to: number): void {
    const line = this.#line
    let first = 0
    let second = 0
    for (let tap = 0; tap < 12; tap++) {
      second += (line[at + 2 * tap] as number) * (qmfTaps[tap] as number)
      first += (line[at + 2 * tap + 1] as number) * (qmfTaps[11 - tap] as number)
    }
    out[to] = saturate(first >> 11)
    out[to + 1] = saturate(second >> 11)
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
