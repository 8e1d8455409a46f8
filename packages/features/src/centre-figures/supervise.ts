import { type CallId, type CompanyId, type DeviceId, isRefusal, type Refusal, type UserId } from '@vaxel/base'
import {
  type listCentreItems,
  type listQueueWork,
  NotAnAgent,
  NothingToMonitor,
  type OperationReply,
  type OperationRequest,
  type Principal,
  QueueNotThere,
  ReasonNotThere,
  SkillsUnsound,
} from '@vaxel/contract'
import type {
  AgentDesk,
  CallMonitor,
  Centre,
  CentreEditor,
  CentreStore,
  Directory,
  FigureStore,
  MonitorMode,
  QueueId,
  SkillId,
  WorkRow,
} from '@vaxel/core'
import { momentsOf } from './report-days.ts'
import { time } from './views.ts'

type ItemPage = OperationReply<typeof listCentreItems>
type ItemQuery = OperationRequest<typeof listCentreItems>['query']
type QueueWork = OperationReply<typeof listQueueWork>

const usualLimit = 100

export interface SuperviseDependencies {
  readonly desk: AgentDesk
  readonly editor: CentreEditor
  /** Absent as long as there is none. */
  readonly monitor: () => CallMonitor | undefined
  readonly centres: Pick<CentreStore, 'published'>
  readonly figures: Pick<FigureStore, 'items'>
  readonly directory: Pick<Directory, 'user'>
}

/** What a supervisor does with agents, queues and calls. Whoever may is decided at the door; who did it goes into the ledger. */
export class Supervise {
  readonly #parts: SuperviseDependencies

  constructor(parts: SuperviseDependencies) {
    this.#parts = parts
  }

  async commandAgent(
    principal: Principal,
    agentId: UserId,
    verb: 'logIn' | 'logOff' | 'ready' | 'notReady',
    reason: string | undefined,
  ): Promise<Refusal | undefined> {
    const { desk } = this.#parts
    const by = commander(principal)
    if (!this.#agent(by.companyId, agentId)) return NotAnAgent()
    if (verb === 'logIn') return desk.logIn(by, agentId)
    if (verb === 'logOff') return desk.logOff(by, agentId, reason ?? 'supervisor')
    if (verb === 'ready') return desk.ready(by, agentId)
    if (reason === undefined) return ReasonNotThere()
    return desk.notReady(by, agentId, reason)
  }

  /** Holds from now on: items that wait are looked at anew, nobody's conversation is touched. */
  async setSkills(
    principal: Principal,
    agentId: UserId,
    skills: readonly { readonly skillId: string; readonly level: number }[],
  ): Promise<Refusal | undefined> {
    const { companyId, userId } = commander(principal)
    const name = this.#parts.directory.user(agentId)?.displayName ?? agentId
    return this.#parts.editor.change(companyId, userId, name, (centre) => withSkills(centre, agentId, skills))
  }

  async setQueue(
    principal: Principal,
    queueId: string,
    to: 'open' | 'closed' | 'schedule',
  ): Promise<Refusal | undefined> {
    const by = commander(principal)
    if (!this.#queue(by.companyId, queueId)) return QueueNotThere()
    return this.#parts.desk.setQueue(by, queueId as QueueId, to)
  }

  queueWork(principal: Principal, queueId: string, limit = usualLimit): QueueWork | Refusal {
    const companyId = principal.companyId as CompanyId
    const queue = this.#queue(companyId, queueId)
    if (!queue) return QueueNotThere()
    const waiting = this.#parts.desk.waiting(companyId, { queueIds: [queue.id], limit })
    return {
      items: waiting.map(({ item, state, agentId }) => ({
        id: item.id,
        queueId: item.queueId,
        queueName: queue.name,
        channel: item.channel,
        customer: item.customer,
        since: time(item.sinceMs),
        priority: item.priority,
        ...(item.subject === undefined ? {} : { subject: item.subject.slice(0, 300) }),
        ...(item.callId === undefined ? {} : { callId: item.callId }),
        ...(item.fromCallId === undefined ? {} : { fromCallId: item.fromCallId }),
        ...(item.reference === undefined ? {} : { reference: item.reference }),
        ...(item.notBeforeMs === undefined ? {} : { notBefore: time(item.notBeforeMs) }),
        state,
        ...(agentId === undefined ? {} : { agentId }),
        ...(item.onlyAgentId === undefined ? {} : { onlyAgentId: item.onlyAgentId }),
      })),
    }
  }

  /** The supervisor's own telephone rings; whoever is with the call already changes how they are. */
  async monitor(
    principal: Principal,
    callId: CallId,
    { mode, deviceId }: { readonly mode: MonitorMode; readonly deviceId?: string | undefined },
  ): Promise<{ callId: string } | Refusal> {
    const monitor = this.#parts.monitor()
    const { companyId, userId: by } = commander(principal)
    if (!monitor) return NothingToMonitor()
    const own = monitor
      .monitorings(companyId)
      .find((known) => known.by === by && (known.callId === callId || known.ofCallId === callId))
    if (own) return (await monitor.setMode({ companyId, by, callId: own.callId, mode })) ?? { callId: own.callId }
    const device = deviceId === undefined ? {} : { fromDeviceId: deviceId as DeviceId }
    return monitor.monitor({ companyId, by, callId, mode, ...device })
  }

  /** The items behind a figure. */
  async items({ companyId }: Principal, query: ItemQuery): Promise<ItemPage | Refusal> {
    const moments = momentsOf(query.from, query.to)
    if (isRefusal(moments)) return moments
    const { queueId, agentId, channel, codeId, outcome, text, limit = usualLimit, before } = query
    const [beforeMs, beforeId] = before?.split('-', 2) ?? []
    const rows = await this.#parts.figures.items({
      companyId: companyId as CompanyId,
      ...moments,
      ...(queueId === undefined ? {} : { queueIds: [queueId] }),
      ...(agentId === undefined ? {} : { agentIds: [agentId] }),
      ...(channel === undefined ? {} : { channels: [channel] }),
      ...(codeId === undefined ? {} : { codeId }),
      ...(outcome === undefined ? {} : { outcome }),
      ...(text === undefined ? {} : { text }),
      ...(beforeMs !== undefined && beforeId !== undefined && Number.isSafeInteger(Number(beforeMs))
        ? { before: { atMs: Number(beforeMs), id: beforeId } }
        : {}),
      limit: limit + 1,
    })
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    const centre = this.#parts.centres.published(companyId as CompanyId)?.centre
    return {
      items: shown.map((row) => this.#itemView(row, centre)),
      ...(rows.length > limit && last ? { next: `${last.arrivedAtMs}-${last.id}` } : {}),
    }
  }

  #itemView(row: WorkRow, centre: Centre | undefined): ItemPage['items'][number] {
    const codeName = centre?.wrapUpCodes.find(({ id }) => id === row.codeId)?.name ?? row.codeId
    const customer = row.customerName ?? row.customerKey
    return {
      id: row.id,
      at: time(row.arrivedAtMs),
      queueId: row.queueId,
      queueName: centre?.queues.find(({ id }) => id === row.queueId)?.name ?? row.queueId,
      channel: row.channel,
      ...(customer === undefined ? {} : { customer }),
      ...(row.subject === undefined ? {} : { subject: row.subject }),
      ...(row.agentId === undefined
        ? {}
        : { agentId: row.agentId, agentName: this.#parts.directory.user(row.agentId)?.displayName ?? row.agentId }),
      ...(row.outcome === undefined ? {} : { outcome: row.outcome }),
      ...(row.waitedMs === undefined ? {} : { waitedMs: row.waitedMs }),
      ...(row.isInLevel === undefined ? {} : { isInLevel: row.isInLevel }),
      ...(row.isShort === undefined ? {} : { isShort: row.isShort }),
      ...(row.handledMs === undefined ? {} : { handledMs: row.handledMs }),
      ...(row.wrapMs === undefined ? {} : { wrapMs: row.wrapMs }),
      ...(codeName === undefined ? {} : { codeName }),
      ...(row.note === undefined ? {} : { note: row.note }),
      ...(row.callId === undefined ? {} : { callId: row.callId }),
      ...(row.fromCallId === undefined ? {} : { fromCallId: row.fromCallId }),
      missed: row.missedOffers,
    }
  }

  #queue(companyId: CompanyId, queueId: string) {
    return this.#parts.centres.published(companyId)?.centre.queues.find(({ id }) => id === queueId)
  }

  #agent(companyId: CompanyId, agentId: UserId) {
    return this.#parts.centres.published(companyId)?.centre.agents.find(({ userId }) => userId === agentId)
  }
}

const commander = ({ companyId, userId }: Principal) => ({
  companyId: companyId as CompanyId,
  userId: userId as UserId,
})

/** The centre with other skills of one agent; refuses what is not of the centre, and whom it does not know. */
export function withSkills(
  centre: Centre,
  agentId: UserId,
  skills: readonly { readonly skillId: string; readonly level: number }[],
): Centre | Refusal {
  const known = new Set<string>(centre.skills.map(({ id }) => id))
  if (!centre.agents.some(({ userId }) => userId === agentId)) return NotAnAgent()
  if (skills.some(({ skillId }) => !known.has(skillId))) return SkillsUnsound()
  if (new Set(skills.map(({ skillId }) => skillId)).size !== skills.length) return SkillsUnsound()
  const own = skills.map(({ skillId, level }) => ({ skillId: skillId as SkillId, level }))
  return {
    ...centre,
    agents: centre.agents.map((agent) => (agent.userId === agentId ? { ...agent, skills: own } : agent)),
  }
}
