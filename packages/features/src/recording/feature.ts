import type { CallId, Clock, CompanyId, Logger, UserId } from '@vaxel/base'
import type { OperationHandler } from '@vaxel/contract'
import type {
  CallLedger,
  Directory,
  Mailer,
  MediaEngine,
  RecordingDesk,
  RecordingFolder,
  RecordingStore,
} from '@vaxel/core'
import { recordingHandlers } from './api.ts'
import { LibraryService } from './library-service.ts'
import { RecordingMails } from './mail-recordings.ts'
import { PolicyService } from './policy-service.ts'
import { RecordingKeeper } from './recording-keeper.ts'
import { RecordingUpkeep } from './upkeep.ts'

export interface RecordingDependencies {
  readonly recordingStore: RecordingStore
  readonly recordingFolder: RecordingFolder
  readonly ledger: CallLedger
  readonly directory: Directory
  readonly engine: Pick<MediaEngine, 'onEvent'>
  readonly clock: Clock
  readonly log: Logger
  readonly mailer: Mailer
  /** Where links in mails lead; without it mails say where to look. */
  readonly baseUrl: string | undefined
  /** When the last entry of the ledger was written before this start. */
  readonly lastEntryMs?: number | undefined
  /** With less room than this nothing new is recorded; 64 MiB if absent. */
  readonly leastFreeBytes?: number
}

/** Recordings: made, kept, heard, deleted. */
export interface RecordingFeature {
  readonly handlers: readonly OperationHandler[]
  /** For the calls. */
  readonly desk: RecordingDesk
  /** What goes with a mail of ours: `recording ID`. */
  attachment(companyId: CompanyId, reference: string): Promise<Uint8Array | undefined>
  /** All recordings of a call go, but those that are held or run; by nobody: only counted. */
  erase(companyId: CompanyId, callId: CallId, by: UserId | undefined): Promise<{ erased: number; kept: number }>
  warnings(): readonly string[]
  /** Before calls begin. @returns how many recordings were cut by the end of the process before */
  start(): Promise<number>
  close(): Promise<void>
}

const leastFreeBytes = 64 * 1024 * 1024

export function createRecording(dependencies: RecordingDependencies): RecordingFeature {
  const { recordingStore: store, recordingFolder: folder, ledger, clock } = dependencies
  const around = { ...dependencies, store, folder }
  const keeper = new RecordingKeeper({ ...around, leastFreeBytes: dependencies.leastFreeBytes ?? leastFreeBytes })
  const library = new LibraryService(around)
  const upkeep = new RecordingUpkeep({ ...around, library })
  const policies = new PolicyService({ ...around, keeper })
  const mails = new RecordingMails(around)
  keeper.onEnded((recording) => mails.ended(recording))
  return {
    handlers: recordingHandlers({
      library,
      policies,
      upkeep,
      store,
      folder,
      tell: (event) => ledger.append({ events: [{ ...event, atMs: clock.now() }] }),
      now: () => clock.now(),
    }),
    desk: keeper,
    attachment: (companyId, reference) => mails.attachment(companyId, reference),
    erase: (companyId, callId, by) =>
      by === undefined ? library.erasableOf(companyId, callId) : library.eraseOf(companyId, callId, by),
    warnings: () => keeper.warnings(),
    start: async () => {
      const closed = await keeper.start()
      upkeep.start()
      return closed
    },
    close: async () => {
      await upkeep.close()
      await keeper.close()
    },
  }
}
