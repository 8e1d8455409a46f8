import type { DigestSecret } from '@vaxel/core'
import { sealContext } from './change-queries.ts'
import { type SecretBox, wrongKey } from './secret-box.ts'

/** A secret as the database has it; it is opened when its device is asked for it first, as most of them are not at start. */
export class SealedSecret implements DigestSecret {
  readonly algorithm: DigestSecret['algorithm']
  readonly realm: string
  readonly #box: SecretBox
  #sealed: string
  #context: string | undefined

  constructor(row: {
    deviceId: string
    algorithm: DigestSecret['algorithm']
    realm: string
    sealed: string
    box: SecretBox
  }) {
    this.algorithm = row.algorithm
    this.realm = row.realm
    this.#box = row.box
    this.#sealed = row.sealed
    this.#context = row.deviceId
  }

  /** Throws with a sentence for a person when the secret was not sealed with this folder's key. */
  get ha1(): string {
    if (this.#context === undefined) return this.#sealed
    try {
      this.#sealed = this.#box.open(this.#sealed, sealContext(this.#context, this.algorithm, this.realm))
    } catch {
      throw new Error(wrongKey)
    }
    this.#context = undefined
    return this.#sealed
  }
}
