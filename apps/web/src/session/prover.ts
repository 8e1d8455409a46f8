import { type Api, ApiFault, type CallOptions } from '../api/api.ts'
import { Cell, type Value } from '../base/cell.ts'

/** Asks for a proof when the server wants one, then does again what it was wanted for. */
export class Prover {
  /** Somebody waits for a proof. */
  readonly isAsking: Value<boolean>
  readonly #isAsking = new Cell(false)
  #waiting: ((isProven: boolean) => void)[] = []

  constructor() {
    this.isAsking = this.#isAsking
  }

  /** The API whose refusals for want of a proof lead to the question and then to another try. */
  around(api: Api): Api {
    const call = async (id: string, request?: unknown, options?: CallOptions): Promise<unknown> => {
      const again = () => (api.call as (...all: unknown[]) => Promise<unknown>)(id, request, options)
      try {
        return await again()
      } catch (error) {
        if (!(error instanceof ApiFault) || error.code !== 'SESSION_PROOF_NEEDED') throw error
        if (!(await this.#ask())) throw error
        return again()
      }
    }
    return { call: call as Api['call'] }
  }

  /** The proof was given, or the question closed. */
  answered(isProven: boolean): void {
    const waiting = this.#waiting
    this.#waiting = []
    this.#isAsking.set(false)
    for (const go of waiting) go(isProven)
  }

  #ask(): Promise<boolean> {
    this.#isAsking.set(true)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }
}
