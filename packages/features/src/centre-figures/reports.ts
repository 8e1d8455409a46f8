import { type Clock, type CompanyId, isRefusal, type Refusal, type UserId } from '@vaxel/base'
import { type OperationReply, type readAgentReport, type readReport, ReportTooLarge } from '@vaxel/contract'
import {
  addCounts,
  type AgentTime,
  type CentreStore,
  type Channel,
  type Directory,
  emptyCentre,
  type FigureStore,
  intervalAt,
  noCounts,
  occupancyOf,
  type QualityStore,
  timeZoneOf,
  type WorkCounts,
  type WorkDimension,
  type WorkSum,
} from '@vaxel/core'
import { daysOf, mostRows, type ReportInterval } from './report-days.ts'
import { figuresView, time } from './views.ts'

export type WorkReport = OperationReply<typeof readReport>
export type AgentReport = OperationReply<typeof readAgentReport>
type AgentRow = AgentReport['rows'][number]

/** What somebody wants to know. Dates are days of the company's time zone, both included. */
export interface ReportWish {
  readonly from: string
  readonly to: string
  readonly interval?: ReportInterval
  readonly by?: readonly Exclude<WorkDimension, 'quarter'>[]
  readonly queueId?: string
  readonly agentId?: string
  readonly channel?: Channel
}

export interface ReportDependencies {
  readonly figures: Pick<FigureStore, 'work' | 'missed' | 'times'>
  readonly quality: Pick<QualityStore, 'averages'>
  readonly centres: Pick<CentreStore, 'published'>
  readonly directory: Pick<Directory, 'company' | 'user'>
  readonly clock: Clock
}

/** Reports, summed by the database in quarters of an hour and put together here in the company's time zone. */
export class Reports {
  readonly #parts: ReportDependencies

  constructor(parts: ReportDependencies) {
    this.#parts = parts
  }

  /** Rows add up to the total, whatever tells them apart. */
  async work(companyId: CompanyId, wish: ReportWish): Promise<WorkReport | Refusal> {
    const { interval = 'none', by = [] } = wish
    const about = this.#about(companyId, wish)
    if (isRefusal(about)) return about
    const { timeZone, filter } = about
    const dimensions: WorkDimension[] = [...by, ...(interval === 'none' ? [] : (['quarter'] as const))]
    const sums = await this.#parts.figures.work(filter, dimensions)
    const groups = new Map<
      string,
      { readonly sum: WorkSum; readonly atMs: number | undefined; readonly counts: WorkCounts }
    >()
    const total = noCounts()
    for (const sum of sums) {
      addCounts(total, sum.counts)
      const atMs =
        interval === 'none' || sum.quarterMs === undefined ? undefined : intervalAt(interval, timeZone, sum.quarterMs)
      const key = [atMs, sum.queueId, sum.channel, sum.agentId, sum.codeId].join('\n')
      const group = groups.get(key)
      if (group) addCounts(group.counts, sum.counts)
      else groups.set(key, { sum, atMs, counts: addCounts(noCounts(), sum.counts) })
    }
    if (groups.size > mostRows) return ReportTooLarge()
    const names = this.#names(companyId)
    const rows = [...groups.values()]
      // Without anything that arrived there is one row of nothing.
      .filter(({ counts }) => counts.arrived > 0 || dimensions.length === 0)
      .map(({ sum, atMs, counts }) => ({
        ...(atMs === undefined ? {} : { at: time(atMs) }),
        ...(sum.queueId === undefined ? {} : { queueId: sum.queueId, queueName: names.queue(sum.queueId) }),
        ...(sum.agentId === undefined ? {} : { agentId: sum.agentId, agentName: names.agent(sum.agentId) }),
        ...(sum.channel === undefined ? {} : { channel: sum.channel }),
        ...(sum.codeId === undefined ? {} : { codeId: sum.codeId, codeName: names.code(sum.codeId) }),
        ...figuresView(counts),
      }))
      .toSorted((a, b) => compare(orderOf(a), orderOf(b)))
    return { ...about.head, rows, total: figuresView(total) }
  }

  async agents(companyId: CompanyId, wish: ReportWish): Promise<AgentReport | Refusal> {
    const { interval = 'none' } = wish
    const about = this.#about(companyId, wish)
    if (isRefusal(about)) return about
    const { timeZone, filter } = about
    const inParts = interval !== 'none'
    const [times, sums, missed, scores] = await Promise.all([
      this.#parts.figures.times(filter, inParts, this.#parts.clock.now()),
      this.#parts.figures.work(filter, inParts ? ['agent', 'quarter'] : ['agent']),
      this.#parts.figures.missed(filter, inParts),
      inParts ? [] : this.#parts.quality.averages(companyId, filter.fromMs, filter.toMs),
    ])
    const names = this.#names(companyId)
    const rows = new Map<string, AgentRow>()
    const rowOf = (agentId: UserId, quarterMs: number | undefined): AgentRow => {
      const atMs =
        interval === 'none' || quarterMs === undefined ? undefined : intervalAt(interval, timeZone, quarterMs)
      const key = `${atMs ?? ''} ${agentId}`
      let row = rows.get(key)
      if (!row) {
        const at = atMs === undefined ? {} : { at: time(atMs) }
        rows.set(key, (row = { ...at, agentId, agentName: names.agent(agentId), ...noTime() }))
      }
      return row
    }
    for (const spell of times)
      if (spell.state !== 'loggedOff') addTime(rowOf(spell.agentId, spell.quarterMs), spell, names.reason)
    for (const { agentId, quarterMs, counts } of sums)
      if (agentId !== undefined && counts.answered > 0) rowOf(agentId, quarterMs).answered += counts.answered
    for (const { agentId, quarterMs, missed: count } of missed) rowOf(agentId, quarterMs).missed += count
    for (const { agentId, percent, scores: count } of scores)
      Object.assign(rowOf(agentId, undefined), { scorePercent: Math.round(percent * 10) / 10, scores: count })
    if (rows.size > mostRows) return ReportTooLarge()
    const found = [...rows.values()].filter(({ agentId }) => wish.agentId === undefined || wish.agentId === agentId)
    for (const row of found) {
      const occupancy = occupancyOf({ busy: row.busyMs, workingAfterCall: row.wrapUpMs, ready: row.readyMs })
      if (occupancy !== undefined) row.occupancy = occupancy
      row.reasons.sort((a, b) => b.ms - a.ms)
    }
    return {
      ...about.head,
      rows: found.toSorted((a, b) => compare([a.at ?? '', a.agentName], [b.at ?? '', b.agentName])),
    }
  }

  #about(companyId: CompanyId, { from, to, interval = 'none', queueId, agentId, channel }: ReportWish) {
    const company = this.#parts.directory.company(companyId)
    const timeZone = company ? timeZoneOf(company) : 'UTC'
    const days = daysOf(timeZone, from, to, interval)
    if (isRefusal(days)) return days
    return {
      timeZone,
      head: { from, to, timeZone, at: time(this.#parts.clock.now()) },
      filter: {
        companyId,
        ...days,
        ...(queueId === undefined ? {} : { queueIds: [queueId] }),
        ...(agentId === undefined ? {} : { agentIds: [agentId] }),
        ...(channel === undefined ? {} : { channels: [channel] }),
      },
    }
  }

  /** What has been removed since is called by its identifier. */
  #names(companyId: CompanyId) {
    const { queues, wrapUpCodes, reasons } = this.#parts.centres.published(companyId)?.centre ?? emptyCentre
    const of = (list: readonly { readonly id: string; readonly name: string }[]) => {
      const names = new Map(list.map(({ id, name }) => [id, name]))
      return (id: string) => names.get(id) ?? id
    }
    const byId = new Map(reasons.map((reason) => [reason.id, reason]))
    return {
      queue: of(queues),
      code: of(wrapUpCodes),
      agent: (id: UserId) => this.#parts.directory.user(id)?.displayName ?? id,
      reason: (id: string) => byId.get(id),
    }
  }
}

const noTime = () => ({
  readyMs: 0,
  busyMs: 0,
  wrapUpMs: 0,
  notReadyMs: 0,
  loggedInMs: 0,
  reasons: [] as AgentRow['reasons'],
  answered: 0,
  missed: 0,
  scores: 0,
})

function addTime(
  row: AgentRow,
  { state, reason = 'none', ms }: AgentTime,
  reasonOf: (id: string) => { readonly name: string; readonly isWork: boolean } | undefined,
): void {
  row.loggedInMs += ms
  if (state === 'ready') row.readyMs += ms
  if (state === 'busy') row.busyMs += ms
  if (state === 'workingAfterCall') row.wrapUpMs += ms
  if (state !== 'notReady') return
  row.notReadyMs += ms
  const known = row.reasons.find((entry) => entry.reason === reason)
  if (known) known.ms += ms
  else {
    const named = reasonOf(reason)
    row.reasons.push({ reason, ...(named ? { name: named.name } : {}), isWork: named?.isWork ?? false, ms })
  }
}

const orderOf = (row: WorkReport['rows'][number]): readonly string[] => [
  row.at ?? '',
  row.queueName ?? '',
  row.agentName ?? '\uffff',
  row.channel ?? '',
  row.codeName ?? '\uffff',
]

function compare(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < a.length; i++) {
    const order = a[i]!.localeCompare(b[i]!)
    if (order !== 0) return order
  }
  return 0
}
