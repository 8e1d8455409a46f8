import type { Clock, Logger, RandomBytes } from '@vaxel/base'
import type {
  Directory,
  HttpDesk,
  KeptMail,
  MailboxDoor,
  MailChannelStore,
  MailFiles,
  MailReader,
  MailStore,
  Notices,
  WorkDesk,
} from '@vaxel/core'

/** What a held mail of the outbox is decided by. */
export interface OutboxDesk {
  wake(): void
  retry(mail: KeptMail): Promise<unknown>
  remove(mail: KeptMail): Promise<void>
}

/** What the mail channel is built from. */
export interface MailChannelDependencies {
  readonly store: MailChannelStore
  readonly files: MailFiles
  readonly outbox: OutboxDesk
  readonly mails: Pick<MailStore, 'find'>
  readonly door: MailboxDoor
  readonly reader: MailReader
  readonly http: HttpDesk
  readonly directory: Directory
  readonly notices: Pick<Notices, 'publish'>
  /** Absent: there is no contact centre, and mails are answered from the list. */
  readonly desk?: WorkDesk
  /** Name of this server, for Message-IDs. */
  readonly host: string
  readonly clock: Clock
  readonly random: RandomBytes
  readonly log: Logger
}
