import type { Clock, CompanyId, Logger, RandomBytes } from '@vaxel/base'
import type { OperationHandler } from '@vaxel/contract'
import type {
  AgentDesk,
  CallMonitor,
  CentreEditor,
  CentreStore,
  Directory,
  EventFeed,
  FigureStore,
  Mailer,
  Notices,
  QualityStore,
  WorkStore,
} from '@vaxel/core'
import { type AlarmDependencies, Alarms } from './alarms.ts'
import { centreFigureHandlers } from './api.ts'
import { LiveFigures } from './live-figures.ts'
import { MailedReports } from './mailed-reports.ts'
import { Quality } from './quality.ts'
import { Reports } from './reports.ts'
import { Supervise } from './supervise.ts'

/** What supervisors see of a contact centre, and what they do there. */
export interface CentreFigures {
  readonly handlers: readonly OperationHandler[]
  /** What goes with a mail of this feature. */
  attachment(companyId: CompanyId, reference: string): Promise<Uint8Array | undefined>
  /** Reads what today has brought. Call it when the contact centre has begun. */
  start(): Promise<void>
  close(): Promise<void>
}

export function createCentreFigures(parts: {
  readonly clock: Clock
  readonly log: Logger
  readonly random: RandomBytes
  readonly directory: Directory
  readonly centres: CentreStore
  readonly work: WorkStore
  readonly figures: FigureStore
  readonly quality: QualityStore
  readonly feed: EventFeed
  readonly notices: Pick<Notices, 'publish'>
  readonly desk: AgentDesk
  readonly editor: CentreEditor
  /** Absent as long as there is none. */
  readonly monitor: () => CallMonitor | undefined
  /** Absent as long as there is none. */
  readonly mailer: () => Mailer | undefined
  readonly push: AlarmDependencies['push']
  readonly baseUrl: string | undefined
}): CentreFigures {
  const live = new LiveFigures(parts)
  const alarms = new Alarms(parts)
  const reports = new Reports(parts)
  const mailed = new MailedReports({ ...parts, reports })
  live.onSecond((companyId, figures) => alarms.look(companyId, figures))
  const supervise = new Supervise(parts)
  return {
    handlers: centreFigureHandlers({ live, alarms, supervise, reports, mailed, quality: new Quality(parts) }),
    attachment: (companyId, reference) => mailed.attachment(companyId, reference),
    start: async () => {
      await live.start()
      mailed.start()
    },
    close: async () => {
      live.close()
      await mailed.close()
    },
  }
}
