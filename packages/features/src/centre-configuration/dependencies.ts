import type { Clock } from '@vaxel/base'
import type {
  CentreStore,
  ConfigurationWriter,
  Directory,
  FlowStore,
  MailChannelStore,
  VoicemailStore,
} from '@vaxel/core'

/** What the configuration of contact centres is built from. */
export interface CentreDependencies {
  readonly centres: CentreStore
  readonly directory: Directory
  /** For numbers of queues. */
  readonly configuration: ConfigurationWriter
  /** Sounds that queues play. */
  readonly flows: Pick<FlowStore, 'sound'>
  /** Shared mailboxes that take messages. */
  readonly voicemail: Pick<VoicemailStore, 'mailboxesOf'>
  /** Mail accounts that answers are sent from. */
  readonly mailChannel: Pick<MailChannelStore, 'account'>
  readonly clock: Clock
}
