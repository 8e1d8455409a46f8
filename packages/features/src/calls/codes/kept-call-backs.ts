import type { Clock, Logger } from '@vaxel/base'
import type { CallBack, LedgerEvent, Owed, OwedStore } from '@vaxel/core'

/** What is kept of a call-back; the call to the two is gone with the process. */
type Kept = Omit<CallBack, 'id' | 'companyId' | 'untilMs' | 'callId'>

/** Call-backs on disk. What cannot be taken away again is found after the next start, and dropped when its time is over. */
export class KeptCallBacks {
  readonly #owed: OwedStore | undefined
  readonly #clock: Clock
  readonly #log: Logger

  constructor(options: { owed: OwedStore | undefined; clock: Clock; log: Logger }) {
    this.#owed = options.owed
    this.#clock = options.clock
    this.#log = options.log
  }

  async all(): Promise<readonly CallBack[]> {
    return ((await this.#owed?.all('callBack')) ?? []).map(toCallBack)
  }

  /** @returns false when it could not be kept */
  async put({ id, companyId, untilMs, callId: _, ...value }: CallBack): Promise<boolean> {
    try {
      await this.#owed?.put({ id, companyId, kind: 'callBack', untilMs, value })
      return true
    } catch (error) {
      this.#log.warn('a call-back could not be kept', { callBack: id, error: String(error) })
      return false
    }
  }

  settle({ id }: CallBack, event?: LedgerEvent): void {
    this.#owed?.settle(id, event).catch((error: unknown) => {
      this.#log.error('a call-back could not be struck out', { callBack: id, error: String(error) })
    })
  }

  /** It was promised and never done: the ledger says so. */
  drop(back: CallBack, why: 'expired' | 'gone'): void {
    const { companyId, userId, calleeId, name, sinceMs } = back
    const data = { userId, calleeId, name, since: new Date(sinceMs).toISOString(), why }
    this.settle(back, { kind: 'callBack.dropped', atMs: this.#clock.now(), companyId, data })
  }
}

const toCallBack = ({ id, companyId, untilMs, value }: Owed): CallBack => ({
  ...(value as unknown as Kept),
  id,
  companyId,
  untilMs,
})
