/**
 * The backward-adaptive predictor of one G.722 sub-band (two poles, six zeros; ITU-T G.722 §3.6.3, block 4 of clause 6)
 * with the scale factor beside it. Encoder and decoder run the same arithmetic, so they stay equal.
 */
export class G722Band {
  /** Predicted next sample. */
  prediction = 0
  logScale = 0
  /** Quantizer scale factor. */
  scale: number
  readonly #firstScale: number
  readonly #differences = new Int32Array(7)
  readonly #zeros = new Int32Array(7)
  #pole1 = 0
  #pole2 = 0
  #reconstructed1 = 0
  #partial1 = 0
  #partial2 = 0
  #zeroPrediction = 0

  constructor(firstScale: number) {
    this.#firstScale = firstScale
    this.scale = firstScale
  }

  reset(): void {
    this.prediction = 0
    this.logScale = 0
    this.scale = this.#firstScale
    this.#differences.fill(0)
    this.#zeros.fill(0)
    this.#pole1 = 0
    this.#pole2 = 0
    this.#reconstructed1 = 0
    this.#partial1 = 0
    this.#partial2 = 0
    this.#zeroPrediction = 0
  }

  /** Takes the quantized difference of this sample and predicts the next one. */
  adapt(difference: number): void {
    const reconstructed = saturate(this.prediction + difference)
    this.#adaptPoles(saturate(this.#zeroPrediction + difference))
    this.#adaptZeros(difference)
    const poles =
      ((this.#pole1 * saturate(2 * reconstructed)) >> 15) + ((this.#pole2 * saturate(2 * this.#reconstructed1)) >> 15)
    this.#reconstructed1 = reconstructed
    this.prediction = saturate(saturate(poles) + this.#zeroPrediction)
  }

  /** PARREC, UPPOL2, UPPOL1. */
  #adaptPoles(partial: number): void {
    const sameAs1 = partial >> 31 === this.#partial1 >> 31
    const sameAs2 = partial >> 31 === this.#partial2 >> 31
    const quadruple = saturate(this.#pole1 << 2)
    const turned = Math.min(sameAs1 ? -quadruple : quadruple, 32767)
    const pole2 = (turned >> 7) + (sameAs2 ? 128 : -128) + ((this.#pole2 * 32512) >> 15)
    this.#pole2 = pole2 > 12288 ? 12288 : pole2 < -12288 ? -12288 : pole2
    const most = 15360 - this.#pole2
    const pole1 = (sameAs1 ? 192 : -192) + ((this.#pole1 * 32640) >> 15)
    this.#pole1 = pole1 > most ? most : pole1 < -most ? -most : pole1
    this.#partial2 = this.#partial1
    this.#partial1 = partial
  }

  /** UPZERO, DELAYA and FILTEZ. */
  #adaptZeros(difference: number): void {
    const zeros = this.#zeros
    const past = this.#differences
    const step = difference === 0 ? 0 : 128
    const sign = difference >> 31
    for (let i = 1; i < 7; i++) {
      const turned = (past[i] as number) >> 31 === sign ? step : -step
      zeros[i] = saturate(turned + (((zeros[i] as number) * 32640) >> 15))
    }
    let sum = 0
    for (let i = 6; i > 0; i--) {
      const earlier = i === 1 ? difference : (past[i - 1] as number)
      past[i] = earlier
      sum += ((zeros[i] as number) * saturate(2 * earlier)) >> 15
    }
    this.#zeroPrediction = saturate(sum)
  }
}

function saturate(value: number): number {
  return value > 32767 ? 32767 : value < -32768 ? -32768 : value
}
