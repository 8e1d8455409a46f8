import { OldestFirst } from '@vaxel/base'
import { ConnectionGate } from './connection-gate.ts'

/** Told of a connection whose place another one got. */
export const placeGivenUp = 'it proved nothing, and another needed its place'

/** The place that one connection holds among those that came in. */
export interface Place {
  /** Something came on it that was worth an answer: of the strangers it is now the last to be given up. */
  renew(): void
  /** It is somebody's, and is not given up any more. */
  keep(): void
  /** It is free again. Idempotent. */
  leave(): void
}

/**
 * The places of connections that came in, over all listeners. Anybody may have one, so when all are taken the stranger that was quiet
 * longest is given up for the newcomer: whoever fills them keeps nobody out. Those that are somebody's stay, and so does the limit of
 * a source. Each step takes the same time, however many there are.
 */
export class Places {
  readonly #gate: ConnectionGate
  readonly #strangers = new OldestFirst<number, () => void>()
  #last = 0

  constructor(limits: { connections: number; connectionsPerSource: number }) {
    this.#gate = new ConnectionGate(limits, () => this.#giveUpOne())
  }

  /** Connections that have a place. */
  get open(): number {
    return this.#gate.open
  }

  /**
   * A place for a connection from that address, or undefined when it may not come in.
   * @param end ends the connection, whose place is then another's; called at most once, while that one is let in
   */
  admit(address: string, end: () => void): Place | undefined {
    const release = this.#gate.admit(address)
    if (release === undefined) return undefined
    const id = ++this.#last
    const strangers = this.#strangers
    const leave = (): void => {
      strangers.delete(id)
      release()
    }
    const giveUp = (): void => {
      leave()
      end()
    }
    strangers.set(id, giveUp)
    return {
      renew: () => {
        if (strangers.get(id)) strangers.renew(id, giveUp)
      },
      keep: () => void strangers.delete(id),
      leave,
    }
  }

  #giveUpOne(): void {
    const { oldest } = this.#strangers
    if (oldest !== undefined) this.#strangers.get(oldest)!()
  }
}
