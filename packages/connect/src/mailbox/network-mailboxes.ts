import type { Clock } from '@vaxel/base'
import {
  type ComposedMail,
  type MailAccess,
  MailboxFault,
  type MailboxDoor,
  type MailOutcome,
  type OpenMailbox,
} from '@vaxel/core'
import { ImapMailbox } from './imap-mailbox.ts'
import { faultOf } from './mailbox-faults.ts'
import { Pop3Mailbox } from './pop3-mailbox.ts'
import { atFirstThatAnswers, type ServerPlace, ServerPlaces } from './server-place.ts'
import { submit, trySubmission } from './submission.ts'

/** Mailboxes at servers of the network. */
export class NetworkMailboxes implements MailboxDoor {
  readonly #places: ServerPlaces
  readonly #clock: Clock

  /** @param options `allowedNetworks`: inner networks in which mail servers may be */
  constructor({ allowedNetworks, clock }: { allowedNetworks: readonly string[]; clock: Clock }) {
    this.#places = new ServerPlaces(allowedNetworks)
    this.#clock = clock
  }

  async open(access: MailAccess, signal: AbortSignal): Promise<OpenMailbox> {
    const { server, protocol } = access.account.reading
    const places = await this.#places.find(server, access.account)
    const opened = await atFirstThatAnswers<OpenMailbox>(places, (place) =>
      protocol === 'imap' ? ImapMailbox.open(place, access, this.#clock) : Pop3Mailbox.open(place, access, this.#clock),
    )
    if (!signal.aborted) return opened
    await opened.close()
    throw new MailboxFault('lost', 'it is not wanted any more')
  }

  async trySending(access: MailAccess): Promise<void> {
    const places = await this.#sendingPlaces(access)
    await atFirstThatAnswers(places, (place) =>
      trySubmission(place, access).catch((error: unknown) => {
        throw faultOf(error, 'port')
      }),
    )
  }

  async send(access: MailAccess, mail: ComposedMail): Promise<MailOutcome> {
    let places: readonly ServerPlace[]
    try {
      places = await this.#sendingPlaces(access)
    } catch (error) {
      return { kind: 'later', reason: (error as Error).message }
    }
    return submit(places, access, mail)
  }

  #sendingPlaces({ account }: MailAccess): Promise<readonly ServerPlace[]> {
    if (!account.sending) throw new MailboxFault('protocol', 'this mailbox has no server for sending')
    return this.#places.find(account.sending.server, account)
  }
}
