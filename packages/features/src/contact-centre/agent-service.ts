import { type Clock, type CompanyId, makeId, type Refusal, type UserId, localTime } from '@vaxel/base'
import {
  InvalidRequest,
  NotAllowed,
  NotAnAgent,
  NotFound,
  type OperationReply,
  type OperationRequest,
  type Principal,
  type addCustomerNote,
  type commandWork,
  type listWaitingWork,
  type listWorkReceivers,
  type readOwnAgentFigures,
  type readWork,
  type setAgentState,
  WorkGone,
} from '@vaxel/contract'
import {
  type Centre,
  type CentreCommander,
  channels,
  type Customer,
  type Directory,
  timeZoneOf,
  type WorkItemId,
  type WorkStore,
  type QueueId,
} from '@vaxel/core'
import type { Centres } from './centres.ts'
import type { Desk } from './desk.ts'
import type { DeskViews } from './desk-views.ts'
import { receiversOf } from './receivers.ts'
import { type DeskView, historyView, itemView, type Place } from './views.ts'
import { workingHours } from './working-hours.ts'

export interface AgentServiceParts {
  readonly centres: Centres
  readonly desk: Desk
  readonly views: DeskViews
  readonly directory: Directory
  readonly work: WorkStore
  readonly clock: Clock
}

const mostHistory = 50
const usualWaiting = 50

/** The API of agents. Whose work it is, is checked here: an agent's own, what waits in their queues, or all for supervisors. */
export class AgentService {
  readonly #parts: AgentServiceParts

  constructor(parts: AgentServiceParts) {
    this.#parts = parts
  }

  isAgent(principal: Principal): boolean {
    const { companyId, userId } = commander(principal)
    return this.#parts.desk.agent(companyId, userId) !== undefined
  }

  place(principal: Principal): Place | Refusal {
    const { desk, views, centres, directory, clock } = this.#parts
    const by = commander(principal)
    const now = desk.agent(by.companyId, by.userId)
    const owner = centres.owner(by.companyId)
    const company = directory.company(by.companyId)
    if (!now || !owner || !company) return NotAnAgent()
    const { centre } = owner.state
    const agent = centre.agents.find(({ userId }) => userId === by.userId)
    const mine = new Set(agent?.queues.map(({ queueId }) => queueId))
    const queues = centre.queues.filter(({ id }) => mine.has(id))
    const waiting = desk.waiting(by.companyId, { queueIds: [...mine], limit: 10_000 })
    return {
      desk: views.of(now),
      queues: queues.map((queue) => {
        const here = waiting.filter(({ item }) => item.queueId === queue.id)
        const since = here.length === 0 ? undefined : Math.min(...here.map(({ item }) => item.sinceMs))
        const { seconds, needsCode, codeIds } = queue.wrapUp
        return {
          id: queue.id,
          name: queue.name,
          isOpen: desk.queueState(by.companyId, queue.id).isOpen,
          waiting: here.length,
          ...(since === undefined ? {} : { longestSince: new Date(since).toISOString() }),
          wrapUp: {
            seconds,
            needsCode,
            codes: centre.wrapUpCodes.filter(({ id }) => codeIds?.includes(id) ?? true),
          },
        }
      }),
      allQueues: centre.queues.map(({ id, name, channels: taken }) => ({ id, name, channels: [...taken] })),
      reasons: centre.reasons.map(({ id, name }) => ({ id, name })),
      channels: channels.filter((channel) => queues.some((queue) => queue.channels.includes(channel))),
      templates: centre.templates
        .filter(({ queueIds }) => queueIds?.some((id) => mine.has(id)) ?? true)
        .map(({ queueIds, ...template }) => ({ ...template, ...(queueIds ? { queueIds: [...queueIds] } : {}) })),
      ...(centre.screenPop ? { popsAt: centre.screenPop.at } : {}),
      schedule: workingHours(centre, agent?.scheduleId, timeZoneOf(company), clock.now()),
    }
  }

  async setState(
    principal: Principal,
    { to, reason, line }: OperationRequest<typeof setAgentState>['body'],
  ): Promise<DeskView | Refusal> {
    const { desk } = this.#parts
    const by = commander(principal)
    const change = {
      logIn: () => desk.logIn(by, by.userId, line),
      logOff: () => desk.logOff(by, by.userId, reason),
      ready: () => desk.ready(by, by.userId),
      notReady: () => desk.notReady(by, by.userId, reason ?? ''),
    }[to]
    return (await change()) ?? this.#own(by)
  }

  async answer(principal: Principal, offerId: string, answer: 'accept' | 'decline'): Promise<DeskView | Refusal> {
    const by = commander(principal)
    const id = offerId as Parameters<Desk['answerOffer']>[1]
    return (await this.#parts.desk.answerOffer(by, id, answer === 'accept')) ?? this.#own(by)
  }

  /** Of an agent's queues; of all, for people who put callers through or lead and are no agents. */
  waiting(
    principal: Principal,
    { limit = usualWaiting, channel }: OperationRequest<typeof listWaitingWork>['query'],
  ): { items: ReturnType<typeof itemView>[] } | Refusal {
    const by = commander(principal)
    const queueIds = this.#queuesOf(by)
    if (!queueIds && !seesAllWaiting(principal)) return NotAnAgent()
    const which = { limit, ...(queueIds ? { queueIds } : {}), ...(channel === undefined ? {} : { channel }) }
    return {
      items: this.#parts.desk
        .waiting(by.companyId, which)
        .map(({ item, ...now }) => itemView(item, this.#names(by.companyId), now)),
    }
  }

  async read(principal: Principal, itemId: string): Promise<OperationReply<typeof readWork> | Refusal> {
    const { centres, work, directory } = this.#parts
    const by = commander(principal)
    const record = centres.owner(by.companyId)?.state.items.get(itemId as WorkItemId)
    const row = await work.row(by.companyId, itemId as WorkItemId)
    const queueId = record?.item.queueId ?? row?.queueId
    if (queueId === undefined || !this.#maySee(principal, queueId)) return NotFound()
    const customer = record?.item.customer ?? { number: row?.customerKey }
    const keys = keysOf(customer as Customer)
    const contactId = record?.item.customer.contactId ?? row?.contactId
    const [history, notes] = await Promise.all([
      work.rows({
        companyId: by.companyId,
        customerKeys: keys,
        ...(contactId === undefined ? {} : { contactId }),
        limit: mostHistory,
      }),
      work.remarks(by.companyId, keys, mostHistory),
    ])
    const centre = this.#centre(by.companyId)
    return {
      ...(record
        ? {
            item: itemView(record.item, this.#names(by.companyId), {
              state: record.state,
              ...(record.agent ? { agentId: record.agent.id } : {}),
            }),
          }
        : {}),
      history: history.map((each) => historyView(each, centre, directory)),
      notes: notes.map((note) => ({
        id: note.id,
        at: new Date(note.atMs).toISOString(),
        by: directory.user(note.by)?.displayName ?? note.by,
        text: note.text,
      })),
      ...(row?.note === undefined ? {} : { note: row.note }),
    }
  }

  async command(
    principal: Principal,
    itemId: string,
    verb: OperationRequest<typeof commandWork>['params']['verb'],
    body: OperationRequest<typeof commandWork>['body'],
  ): Promise<undefined | Refusal> {
    const { desk, centres } = this.#parts
    const by = commander(principal)
    const id = itemId as WorkItemId
    const record = centres.owner(by.companyId)?.state.items.get(id)
    if (!record || !this.#maySee(principal, record.item.queueId)) return WorkGone()
    const isOwn = record.agent?.id === by.userId
    const isSupervisor = mayCommandAll(principal)
    if (verb !== 'take' && !isOwn && !isSupervisor) return record.agent ? WorkGone() : NotAllowed()
    const missing = (field: string) => InvalidRequest(`${verb} needs ${field}.`)
    switch (verb) {
      case 'take':
        return desk.take(by, id)
      case 'finish':
        return desk.finish(by, id)
      case 'wrapUp':
        return desk.wrapUp(by, id, body)
      case 'extendWrapUp':
        return desk.extendWrapUp(by, id, body.seconds ?? 60)
      case 'giveBack':
        return desk.giveBack(by, id, body.why ?? 'agent')
      case 'keepAside':
        return desk.keepAside(by, id)
      case 'resume':
        return desk.resume(by, id)
      case 'move':
        if (body.queueId === undefined) return missing('queueId')
        return desk.move(by, id, body.queueId as QueueId, body.agentId as UserId | undefined)
      case 'close':
        return body.why === undefined ? missing('why') : desk.close(by, id, body.why)
      case 'setPriority':
        if (!isSupervisor) return NotAllowed()
        return body.priority === undefined ? missing('priority') : desk.setPriority(by, id, body.priority)
    }
  }

  /** To whom alone it can be given, by whoever has it or a supervisor. */
  receivers(principal: Principal, itemId: string, text: string): OperationReply<typeof listWorkReceivers> | Refusal {
    const { centres, directory } = this.#parts
    const { companyId, userId } = commander(principal)
    const state = centres.owner(companyId)?.state
    const record = state?.items.get(itemId as WorkItemId)
    const isTheirs = record?.agent?.id === userId || mayCommandAll(principal)
    if (!state || !record || !isTheirs || !this.#maySee(principal, record.item.queueId)) return WorkGone()
    return { items: receiversOf(state, directory, record.item, { heldBy: record.agent?.id, text }) }
  }

  async keepNote(principal: Principal, itemId: string, text: string): Promise<undefined | Refusal> {
    const by = commander(principal)
    const record = this.#parts.centres.owner(by.companyId)?.state.items.get(itemId as WorkItemId)
    if (record?.agent?.id !== by.userId) return WorkGone()
    await this.#parts.work.keepNote(by.companyId, itemId as WorkItemId, text)
    return undefined
  }

  async addRemark(
    principal: Principal,
    itemId: string,
    text: string,
  ): Promise<OperationReply<typeof addCustomerNote> | Refusal> {
    const { work, clock, directory, centres } = this.#parts
    const by = commander(principal)
    const item = centres.owner(by.companyId)?.state.items.get(itemId as WorkItemId)?.item
    const row = item ? undefined : await work.row(by.companyId, itemId as WorkItemId)
    const customerKey = item ? keysOf(item.customer)[0] : row?.customerKey
    const queueId = item?.queueId ?? row?.queueId
    if (customerKey === undefined || queueId === undefined || !this.#maySee(principal, queueId)) return WorkGone()
    const atMs = clock.now()
    const remark = { id: makeId<string>(atMs), companyId: by.companyId, customerKey, atMs, by: by.userId, text }
    await work.addRemark(remark)
    const name = directory.user(by.userId)?.displayName ?? by.userId
    return { id: remark.id, at: new Date(atMs).toISOString(), by: name, text }
  }

  async figures(principal: Principal): Promise<OperationReply<typeof readOwnAgentFigures> | Refusal> {
    const { desk, work, directory, clock } = this.#parts
    const by = commander(principal)
    const now = desk.agent(by.companyId, by.userId)
    const company = directory.company(by.companyId)
    if (!now || !company) return NotAnAgent()
    const nowMs = clock.now()
    const fromMs = nowMs - localTime(timeZoneOf(company), nowMs).minutes * 60_000 - (nowMs % 60_000)
    const filter = { companyId: by.companyId, agentId: by.userId, fromMs, limit: 5000 }
    const [rows, spells] = await Promise.all([work.rows(filter), work.spells({ ...filter, toMs: nowMs })])
    const offers = { missed: 0, declined: 0 }
    await work.facts(by.companyId, fromMs, nowMs + 1, (events) => {
      for (const { kind, data } of events) {
        if (data.agentId !== by.userId) continue
        if (kind === 'work.missed') offers.missed++
        else if (kind === 'work.declined') offers.declined++
      }
    })
    const sinceMs = Math.max(now.sinceMs, fromMs)
    const all = [...spells, { state: now.state, reason: now.reason, forMs: Math.max(0, nowMs - sinceMs) }]
    const byState = new Map<string, { state: string; reason?: string; ms: number }>()
    for (const { state, reason, forMs } of all) {
      const key = `${state} ${reason ?? ''}`
      const before = byState.get(key)?.ms ?? 0
      byState.set(key, { state, ...(reason === undefined ? {} : { reason }), ms: before + forMs })
    }
    return {
      accepted: rows.filter(({ acceptedAtMs }) => acceptedAtMs !== undefined).length,
      ...offers,
      handledMs: sum(rows.map(({ handledMs }) => handledMs)),
      wrapMs: sum(rows.map(({ wrapMs }) => wrapMs)),
      byState: [...byState.values()].filter(({ state }) => state !== 'loggedOff'),
    }
  }

  #own(by: CentreCommander): DeskView | Refusal {
    const now = this.#parts.desk.agent(by.companyId, by.userId)
    return now ? this.#parts.views.of(now) : NotAnAgent()
  }

  #centre(companyId: CompanyId): Centre {
    return this.#parts.views.centre(companyId)
  }

  #names(companyId: CompanyId) {
    return new Map<string, Centre['queues'][number]>(this.#centre(companyId).queues.map((queue) => [queue.id, queue]))
  }

  #queuesOf(by: CentreCommander): QueueId[] | undefined {
    return this.#centre(by.companyId)
      .agents.find(({ userId }) => userId === by.userId)
      ?.queues.map(({ queueId }) => queueId)
  }

  #maySee(principal: Principal, queueId: string): boolean {
    return mayCommandAll(principal) || (this.#queuesOf(commander(principal))?.includes(queueId as QueueId) ?? false)
  }
}

const commander = (principal: Principal): CentreCommander => ({
  companyId: principal.companyId as CompanyId,
  userId: principal.userId as UserId,
})

const mayCommandAll = ({ role, isOperator }: Principal): boolean =>
  isOperator || role === 'supervisor' || role === 'administrator'

const seesAllWaiting = ({ role, isOperator }: Principal): boolean => isOperator || role !== 'user'

const keysOf = ({ number, address }: Customer): string[] =>
  [number, address].filter((key): key is string => key !== undefined)

const sum = (values: readonly (number | undefined)[]): number =>
  values.reduce<number>((all, value) => all + (value ?? 0), 0)
