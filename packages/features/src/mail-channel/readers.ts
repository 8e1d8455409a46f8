import { areEnough, type MailAccount, type MailAccountId } from '@vaxel/core'
import type { MailIntake } from './intake.ts'
import { type MailboxHealth, MailboxLoop } from './mailbox-loop.ts'
import type { MailChannelDependencies } from './parts.ts'
import { Slots } from '@vaxel/base'
import type { MailTokens } from './tokens.ts'

/** Each may have some ten megabytes. */
const mailsAtOnce = 4

/** One reader for each mailbox that is published, on, and has the secrets that it needs. A mailbox that was changed is read by a new one, after the old one has ended. */
export class MailReaders {
  readonly #parts: MailChannelDependencies
  readonly #intake: MailIntake
  readonly #tokens: MailTokens
  readonly #onHealth: (account: MailAccount, health: MailboxHealth) => void
  readonly #loops = new Map<MailAccountId, { readonly account: MailAccount; readonly loop: MailboxLoop }>()
  readonly #slots = new Slots(mailsAtOnce)
  #changing: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor(options: {
    parts: MailChannelDependencies
    intake: MailIntake
    tokens: MailTokens
    onHealth: (account: MailAccount, health: MailboxHealth) => void
  }) {
    this.#parts = options.parts
    this.#intake = options.intake
    this.#tokens = options.tokens
    this.#onHealth = options.onHealth
  }

  health(account: MailAccount): MailboxHealth {
    return this.#loops.get(account.id)?.loop.health ?? { state: 'off', sinceMs: account.createdAtMs }
  }

  /** Makes readers of what the store has. Resolves when those that are not wanted any more have ended. */
  follow(): Promise<void> {
    this.#changing = this.#changing.then(() => this.#follow())
    return this.#changing
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.follow()
  }

  async #follow(): Promise<void> {
    const wanted = new Map(
      this.#isClosed
        ? []
        : this.#parts.store
            .accounts()
            .filter(
              ({ id, isOn, removedAtMs, login }) =>
                isOn && removedAtMs === undefined && areEnough(login, this.#parts.store.secrets(id)),
            )
            .map((account) => [account.id, account]),
    )
    const ended = [...this.#loops].filter(([id, { account }]) => wanted.get(id) !== account)
    await Promise.all(ended.map(([, { loop }]) => loop.stop()))
    for (const [id] of ended) this.#loops.delete(id)
    for (const [id, account] of wanted) {
      if (this.#loops.has(id)) continue
      const loop = new MailboxLoop({
        parts: this.#parts,
        account,
        intake: this.#intake,
        tokens: this.#tokens,
        slots: this.#slots,
        onHealth: this.#onHealth,
      })
      this.#loops.set(id, { account, loop })
      loop.start()
    }
  }
}
