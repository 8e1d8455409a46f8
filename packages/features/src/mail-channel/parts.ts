import type { Clock, Logger, RandomBytes } from '@vaxel/base'
import type {
  CentreEditor,
  CentreStore,
  Directory,
  HttpDesk,
  KeptMail,
  LedgerEvent,
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
  /** Which mailboxes there are is published with the contact centre. */
  readonly centres: Pick<CentreStore, 'published' | 'all' | 'draft'>
  readonly editor: CentreEditor
  /** Of publications. */
  readonly feed: { subscribe(listener: (events: readonly LedgerEvent[]) => void): () => void }
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
