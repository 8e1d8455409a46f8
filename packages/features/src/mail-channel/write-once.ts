import { type Refusal, TransientMap, type UserId } from '@vaxel/base'
import type { ChannelMail, MailChannelStore, MailConversation } from '@vaxel/core'

/** So many are looked at for one that was written already: who sends again does so soon. */
const lookedBack = 50

/**
 * Writes what somebody wants written once for each name that their page made for it: when the reply to the first time was lost, the second time
 * finds what was kept.
 */
export class WriteOnce {
  readonly #store: Pick<MailChannelStore, 'lastWritten'>
  readonly #underWay = new TransientMap<string, Promise<ChannelMail | Refusal>>()

  constructor(store: Pick<MailChannelStore, 'lastWritten'>) {
    this.#store = store
  }

  /** @param once absent: it is written each time */
  async write(
    { id }: Pick<MailConversation, 'id'>,
    by: UserId,
    once: string | undefined,
    write: () => Promise<ChannelMail | Refusal>,
  ): Promise<ChannelMail | Refusal> {
    if (once === undefined) return write()
    const key = `${id} ${by} ${once}`
    const underWay = this.#underWay.get(key)
    if (underWay) return underWay
    const writing = this.#store
      .lastWritten(id, lookedBack)
      .then((mails) => mails.find((mail) => mail.once === once && mail.by === by) ?? write())
    this.#underWay.set(key, writing)
    try {
      return await writing
    } finally {
      this.#underWay.delete(key)
    }
  }
}
