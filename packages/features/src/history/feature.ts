import type { Clock, CompanyId, Logger, RandomBytes } from '@vaxel/base'
import type { OperationHandler, Principal } from '@vaxel/contract'
import type {
  CallCommands,
  CallLedger,
  CallShares,
  Directory,
  CountedFeed,
  HistoryReader,
  Notices,
  RecordingFiles,
} from '@vaxel/core'
import { historyHandlers, liveCallHandlers, storyHandlers } from './api.ts'
import { EventStream, type StreamClient } from './event-stream.ts'
import { HistoryService } from './history-service.ts'
import { LiveCallService } from './live-call-service.ts'
import { RecordingService } from './recording-service.ts'
import { ShareService } from './share-service.ts'
import type { IsInConversation } from './sight.ts'
import { StoryService } from './story-service.ts'

export type { StreamClient } from './event-stream.ts'
export { NoticeFan } from './notice-fan.ts'

/** History, live calls and the event stream. */
export interface HistoryFeature {
  readonly handlers: readonly OperationHandler[]
  /** Feeds one client of the event stream; see connect's eventStreamDoor. */
  openStream(
    principal: Principal,
    wish: { readonly after: number | undefined; readonly notices: boolean; readonly brief: boolean },
    client: StreamClient,
  ): void
}

export function createHistory(dependencies: {
  readonly history: HistoryReader
  readonly feed: CountedFeed
  readonly commands: CallCommands
  readonly notices: Notices
  readonly log: Logger
  readonly directory: Directory
  readonly ledger: CallLedger
  readonly shares: CallShares
  readonly recordings: RecordingFiles
  /** Whether people of a company hear recordings of their own connections; they do if absent. */
  readonly mayHearOwn?: (companyId: CompanyId) => boolean
  readonly clock: Clock
  readonly random: RandomBytes
  /** Whether a user is in a conversation of chat; nobody is, without chat. */
  readonly isInConversation?: IsInConversation
}): HistoryFeature {
  const { history, feed, commands, notices, log, isInConversation = () => false } = dependencies
  const stories = new StoryService(dependencies)
  return {
    handlers: [
      ...historyHandlers(new HistoryService(history, isInConversation)),
      ...storyHandlers(
        stories,
        new ShareService({ ...dependencies, stories }),
        new RecordingService({ ...dependencies, stories }),
      ),
      ...liveCallHandlers(new LiveCallService(commands)),
    ],
    openStream: (principal, wish, client) => {
      const { after, brief } = wish
      const told = wish.notices ? { notices } : {}
      void new EventStream({ history, feed, client, principal, log, isInConversation, brief, ...told }).run(after)
    },
  }
}
