import type { CallId, Clock, CompanyId, LegId, Logger, UserId } from '@vaxel/base'
import type {
  CentreStore,
  Directory,
  FlowStore,
  HistoryReader,
  HttpDesk,
  Language,
  Mailer,
  OwedStore,
  PresenceState,
} from '@vaxel/core'

/** What flows are built from. */
export interface FlowDependencies {
  readonly flows: FlowStore
  /** Queues play sounds too. */
  readonly centres?: Pick<CentreStore, 'published' | 'draft'>
  /** Where webhooks are kept until they are delivered. */
  readonly owed: OwedStore
  readonly directory: Directory
  readonly history: HistoryReader
  readonly clock: Clock
  readonly log: Logger
  readonly http: HttpDesk
  readonly mailer: Pick<Mailer, 'queue'>
  /** Sentences of the platform that may be said, by name. */
  readonly prompts: Readonly<Record<string, Readonly<Record<Language, string>>>>
  presenceOf(userId: UserId): PresenceState | undefined
  spentTodayMicros(companyId: CompanyId): number
  /** Whether a number is among the contacts that a company shares. */
  isContact(companyId: CompanyId, number: string): Promise<boolean>
  /** Length of a WAV file, or why it cannot be played. */
  readWav(
    bytes: Uint8Array,
  ): { readonly ok: true; readonly durationMs: number } | { readonly ok: false; readonly reason: string }
  /** Begins or ends the recording of a caller's connection. @returns why not */
  record(callId: CallId, legId: LegId, isOn: boolean): Promise<string | undefined>
}
