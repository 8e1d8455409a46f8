import type { Clock } from '@vaxel/base'
import type {
  CentreStore,
  ConfigurationWriter,
  Directory,
  FlowStore,
  MailChannelStore,
  VoicemailStore,
  WebChatStore,
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
  /** Whether mailboxes have secrets, and whose they are. */
  readonly mailChannel: Pick<MailChannelStore, 'account' | 'accounts' | 'secrets' | 'keptSecrets'>
  readonly webChats: Pick<WebChatStore, 'site'>
  readonly clock: Clock
}
