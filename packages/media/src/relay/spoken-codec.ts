import type { CodecName } from '@vaxel/core'
import { Allowance } from '../echo/allowance.ts'

/** Far more than a telephone makes, also where packets of before and after come mixed. */
const changesASecond = 5

/**
 * The codec that a peer speaks, of those agreed on. Each change costs decoders wherever the leg is heard, recorded or mixed, so packets of
 * another codec are only taken a few times a second.
 */
export class SpokenCodec {
  #name: CodecName | undefined
  /** Most legs never change. */
  #changes: Allowance | undefined

  /** Of the last packet taken; undefined before the first. */
  get name(): CodecName | undefined {
    return this.#name
  }

  /** Whether a packet in this codec is to be heard. */
  takes(codec: CodecName, nowMs: number): boolean {
    if (codec === this.#name) return true
    if (this.#name !== undefined && !(this.#changes ??= new Allowance(changesASecond)).takes(1, nowMs)) return false
    this.#name = codec
    return true
  }

  /** It does not come any more. */
  forget(): void {
    this.#name = undefined
  }
}
