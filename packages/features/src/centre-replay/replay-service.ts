import { type Clock, type CompanyId, type Refusal, addDays, startOfDay } from '@vaxel/base'
import {
  type OperationReply,
  type OperationRequest,
  type replayCentreDay,
  QueueNotThere,
  ReplayBusy,
  ReplayDayUnsound,
  ReplayNoDraft,
  ReplayTooLarge,
} from '@vaxel/contract'
import {
  type Centre,
  type CentreFact,
  type CentreStore,
  DayFigures,
  type Directory,
  emptyCentre,
  type NumberedEvent,
  PastDay,
  type QueueId,
  replayDay,
  timeZoneOf,
  type WorkStore,
} from '@vaxel/core'
import { inSlices } from './in-slices.ts'
import { toReplayView } from './views.ts'

export interface ReplayParts {
  readonly clock: Clock
  readonly directory: Directory
  readonly centres: CentreStore
  readonly work: WorkStore
}

type Wish = OperationRequest<typeof replayCentreDay>['body']

const mostArrivals = 200_000

const intervals = { quarter: 900_000, half: 1_800_000, hour: 3_600_000 } as const

/** After the end of a day, what was begun on it is read to its end for so long. */
const overtimeMs = 4 * 3_600_000

/** Runs days of the past once more; one at a time, since it costs what a busy hour costs. */
export class ReplayService {
  readonly #parts: ReplayParts
  #isRunning = false

  constructor(parts: ReplayParts) {
    this.#parts = parts
  }

  async replay(companyId: CompanyId, wish: Wish): Promise<OperationReply<typeof replayCentreDay> | Refusal> {
    const { directory, centres } = this.#parts
    const company = directory.company(companyId)
    const timeZone = company ? timeZoneOf(company) : 'UTC'
    const bounds = this.#boundsOf(timeZone, wish.day)
    if (!bounds) return ReplayDayUnsound()
    const draft = wish.draft === true ? centres.draft(companyId)?.centre : undefined
    if (wish.draft === true && !draft) return ReplayNoDraft()
    const centre = centres.published(companyId)?.centre ?? emptyCentre
    if (wish.queueId !== undefined && !hasQueue(draft ?? centre, wish.queueId)) return QueueNotThere()
    if (this.#isRunning) return ReplayBusy()
    this.#isRunning = true
    try {
      return await this.#run(companyId, { wish, timeZone, bounds, centre, draft })
    } finally {
      this.#isRunning = false
    }
  }

  /** From midnight to midnight; of today up to now. */
  #boundsOf(timeZone: string, day: string): { readonly fromMs: number; readonly toMs: number } | undefined {
    const at = Date.parse(`${day}T00:00:00Z`)
    if (!Number.isFinite(at) || !new Date(at).toISOString().startsWith(day)) return undefined
    const fromMs = startOfDay(timeZone, day)
    return fromMs <= this.#parts.clock.now() ? { fromMs, toMs: startOfDay(timeZone, addDays(day, 1)) } : undefined
  }

  async #run(
    companyId: CompanyId,
    {
      wish,
      timeZone,
      bounds,
      centre,
      draft,
    }: {
      readonly wish: Wish
      readonly timeZone: string
      readonly bounds: { readonly fromMs: number; readonly toMs: number }
      readonly centre: Centre
      readonly draft: Centre | undefined
    },
  ): Promise<OperationReply<typeof replayCentreDay> | Refusal> {
    const intervalMs = intervals[wish.interval ?? 'half']
    const { level } = wish
    const day = new PastDay(bounds)
    const was = new DayFigures({
      ...bounds,
      intervalMs,
      ...(level === undefined ? {} : { levelSeconds: () => level.seconds }),
    })
    const { fromMs, toMs } = bounds
    await this.#parts.work.facts(companyId, fromMs, toMs + overtimeMs, (events) => {
      if (day.arrivals > mostArrivals) return
      for (const event of events) {
        const fact = factOf(event)
        day.see(fact)
        was.see(fact)
      }
    })
    if (day.arrivals > mostArrivals) return ReplayTooLarge()
    const changes = {
      ...(wish.agents === undefined ? {} : { agents: wish.agents }),
      ...(wish.queueId === undefined ? {} : { queueId: wish.queueId as QueueId }),
      ...(level === undefined ? {} : { level }),
      ...(draft === undefined ? {} : { centre: draft }),
    }
    const replay = await inSlices(replayDay({ day, was, centre, timeZone, intervalMs, changes }))
    return toReplayView(replay, { day: wish.day, timeZone, centres: draft ? [draft, centre] : [centre] })
  }
}

const hasQueue = (centre: Centre, queueId: string): boolean => centre.queues.some(({ id }) => id === queueId)

const factOf = ({ kind, atMs, data }: NumberedEvent): CentreFact => ({ ...data, kind, atMs }) as unknown as CentreFact
