import type { Clock, Refusal } from '@vaxel/base'
import { MailboxPinWeak, NotFound } from '@vaxel/contract'
import { type Credentials, type Mailbox, type MailboxId, pinMistake } from '@vaxel/core'
import type { Mailboxes } from './mailboxes.ts'

interface Guesses {
  wrong: number
  /** Monotonic. */
  lockedUntilMs: number
  lastMs: number
}

/** Wrong ones in a row before nobody may try for a while; the while doubles. */
const freeGuesses = 9
const firstLockMs = 5 * 60_000
const longestLockMs = 12 * 3_600_000
const forgetMs = 24 * 3_600_000
const mostKnown = 50_000

/**
 * PINs of mailboxes. Ten thousand are quickly tried by a machine, so wrong ones are counted for each mailbox: from
 * registered devices of its own people apart from everybody else's, so that a stranger locks nobody out of their own telephone.
 */
export class PinService {
  readonly #boxes: Mailboxes
  readonly #credentials: Pick<Credentials, 'hashPassword' | 'verifyPassword'>
  readonly #clock: Clock
  readonly #guesses = new Map<string, Guesses>()

  constructor(options: {
    boxes: Mailboxes
    credentials: Pick<Credentials, 'hashPassword' | 'verifyPassword'>
    clock: Clock
  }) {
    this.#boxes = options.boxes
    this.#credentials = options.credentials
    this.#clock = options.clock
  }

  /** @param boxId as it was asked for, whether there is such a box or not */
  isLocked(boxId: string, isOwnDevice: boolean): boolean {
    return (this.#guesses.get(keyOf(boxId, isOwnDevice))?.lockedUntilMs ?? 0) > this.#clock.monotonicMs()
  }

  /**
   * Takes as long for a box that is not there, or has no PIN. Each try is counted before it is looked at, as many calls may try at the same
   * moment; none is right while nobody may try.
   */
  async check(box: Mailbox | undefined, asked: string, pin: string, isOwnDevice: boolean): Promise<boolean> {
    const key = keyOf(box?.id ?? asked, isOwnDevice)
    const isLocked = this.isLocked(box?.id ?? asked, isOwnDevice)
    if (!isLocked) this.#count(key)
    const isRight = await this.#credentials.verifyPassword(pin, box?.pinHash)
    if (!isRight || box?.pinHash === undefined || isLocked) return false
    this.#guesses.delete(key)
    return true
  }

  #count(key: string): void {
    const nowMs = this.#clock.monotonicMs()
    const known = this.#guesses.get(key)
    const wrong = known && nowMs - known.lastMs < forgetMs ? known.wrong + 1 : 1
    const doublings = wrong - freeGuesses - 1
    const lockMs = doublings < 0 ? 0 : Math.min(firstLockMs * 2 ** Math.min(doublings, 20), longestLockMs)
    this.#guesses.delete(key)
    this.#guesses.set(key, { wrong, lockedUntilMs: nowMs + lockMs, lastMs: nowMs })
    if (this.#guesses.size > mostKnown) this.#guesses.delete(this.#guesses.keys().next().value!)
  }

  /** @param pin absent takes it away */
  async set(box: Mailbox, pin: string | undefined, by: string): Promise<Refusal | undefined> {
    if (pin !== undefined && pinMistake(pin, this.#boxes.numberOf(box)) !== undefined) return MailboxPinWeak()
    const pinHash = pin === undefined ? undefined : await this.#credentials.hashPassword(pin)
    const now = this.#boxes.find(box.companyId, box.id)
    // It may have been removed while the hash was made.
    if (!now) return NotFound()
    const { pinHash: _, ...rest } = now
    const data = { box: box.id, by, isSet: pinHash !== undefined }
    await this.#boxes.put(
      { ...rest, ...(pinHash === undefined ? {} : { pinHash }) },
      { kind: 'voicemail.pinChanged', data },
    )
    for (const isOwn of [true, false]) this.#guesses.delete(keyOf(box.id, isOwn))
    return undefined
  }
}

const keyOf = (boxId: MailboxId | string, isOwnDevice: boolean): string => `${isOwnDevice ? 'own' : 'else'} ${boxId}`
