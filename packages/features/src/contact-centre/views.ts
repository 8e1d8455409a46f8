import type { UserId } from '@vaxel/base'
import type { OperationReply, readAgentDesk, readWork } from '@vaxel/contract'
import type {
  AgentItem,
  AgentNow,
  Centre,
  Directory,
  Offer,
  Queue,
  ScreenPop,
  WorkItem,
  WorkItemState,
  WorkRow,
} from '@vaxel/core'

export type Place = OperationReply<typeof readAgentDesk>
export type DeskView = Place['desk']
type WorkReply = OperationReply<typeof readWork>
export type ItemView = NonNullable<WorkReply['item']>

const time = (atMs: number): string => new Date(atMs).toISOString()

/** What an item is, and who has it. */
export function itemView(
  item: WorkItem,
  queues: ReadonlyMap<string, Queue>,
  now: { readonly state: WorkItemState; readonly agentId?: UserId } & Partial<Omit<AgentItem, 'item' | 'state'>>,
): ItemView {
  return {
    id: item.id,
    queueId: item.queueId,
    queueName: queues.get(item.queueId)?.name ?? item.queueId,
    channel: item.channel,
    customer: item.customer,
    since: time(item.sinceMs),
    priority: item.priority,
    ...(item.subject === undefined ? {} : { subject: item.subject.slice(0, 300) }),
    ...callsOf(item),
    ...(item.reference === undefined ? {} : { reference: item.reference }),
    ...(item.notBeforeMs === undefined ? {} : { notBefore: time(item.notBeforeMs) }),
    state: now.state,
    ...(now.agentId === undefined ? {} : { agentId: now.agentId }),
    ...(item.onlyAgentId === undefined ? {} : { onlyAgentId: item.onlyAgentId }),
    ...(now.acceptedAtMs === undefined ? {} : { acceptedAt: time(now.acceptedAtMs) }),
    ...(now.finishedAtMs === undefined ? {} : { finishedAt: time(now.finishedAtMs) }),
    ...(now.wrapUpUntilMs === undefined ? {} : { wrapUpUntil: time(now.wrapUpUntilMs) }),
  }
}

/** The call of an item; of a call-back, the one in which it was asked for and the one in which the customer was called. */
export function callsOf({ callId, fromCallId, madeCallId }: WorkItem): Pick<ItemView, 'callId' | 'fromCallId'> {
  const own = callId ?? madeCallId
  return { ...(own === undefined ? {} : { callId: own }), ...(fromCallId === undefined ? {} : { fromCallId }) }
}

/** An agent's whole place. */
export function deskView(
  now: AgentNow,
  parts: {
    readonly centre: Centre
    readonly directory: Pick<Directory, 'user'>
    readonly version: number
    readonly isByTelephone: (item: WorkItem) => boolean
  },
): DeskView {
  const queues = new Map<string, Queue>(parts.centre.queues.map((queue) => [queue.id, queue]))
  const ofAgent = { agentId: now.agentId }
  return {
    agent: agentView(now, parts),
    version: parts.version,
    items: now.items.map((held) => itemView(held.item, queues, { ...held, ...ofAgent })),
    offers: now.offers.map((offer) => ({
      id: offer.id,
      item: itemView(offer.item, queues, { state: 'offered', ...ofAgent }),
      until: time(offer.untilMs),
      isByTelephone: parts.isByTelephone(offer.item),
      ...popOf(offer, parts.centre.screenPop, queues),
    })),
  }
}

/** An agent as others see them. */
export function agentView(
  now: AgentNow,
  { centre, directory }: { readonly centre: Centre; readonly directory: Pick<Directory, 'user'> },
): DeskView['agent'] {
  const reasonView = (id: string) => {
    const name = centre.reasons.find((reason) => reason.id === id)?.name
    return { id, ...(name === undefined ? {} : { name }) }
  }
  const nameOf = (userId: UserId) => directory.user(userId)?.displayName ?? userId
  return {
    userId: now.agentId,
    name: nameOf(now.agentId),
    state: now.state,
    ...(now.reason === undefined ? {} : { reason: reasonView(now.reason) }),
    since: time(now.sinceMs),
    ...(now.by === undefined ? {} : { by: nameOf(now.by) }),
    ...(now.next === undefined ? {} : { next: { state: now.next.state, reason: reasonView(now.next.reason) } }),
    line: now.line,
    queueIds: centre.agents.find(({ userId }) => userId === now.agentId)?.queues.map(({ queueId }) => queueId) ?? [],
  }
}

/** The address that a CRM is opened at; every value is encoded, so that none can change where it leads. */
export function popUrl(pop: ScreenPop, item: WorkItem, queueName: string): string {
  const values: Readonly<Record<string, string | undefined>> = {
    number: item.customer.number,
    name: item.customer.name,
    address: item.customer.address,
    queue: queueName,
    callId: item.callId,
    itemId: item.id,
  }
  return pop.url.replace(/\{([a-zA-Z]+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? '')).slice(0, 2000)
}

function popOf({ item }: Offer, pop: ScreenPop | undefined, queues: ReadonlyMap<string, Queue>) {
  return pop ? { popUrl: popUrl(pop, item, queues.get(item.queueId)?.name ?? '') } : {}
}

/** An earlier conversation. */
export function historyView(
  row: WorkRow,
  centre: Centre,
  directory: Pick<Directory, 'user'>,
): WorkReply['history'][number] {
  const code = centre.wrapUpCodes.find(({ id }) => id === row.codeId)?.name ?? row.codeId
  return {
    id: row.id,
    channel: row.channel,
    queueName: centre.queues.find(({ id }) => id === row.queueId)?.name ?? row.queueId,
    at: time(row.arrivedAtMs),
    ...(row.agentId === undefined ? {} : { agentName: directory.user(row.agentId)?.displayName ?? row.agentId }),
    ...(row.outcome === undefined ? {} : { outcome: row.outcome }),
    ...(row.subject === undefined ? {} : { subject: row.subject }),
    ...(row.callId === undefined ? {} : { callId: row.callId }),
    ...(row.fromCallId === undefined ? {} : { fromCallId: row.fromCallId }),
    ...(row.reference === undefined ? {} : { reference: row.reference }),
    ...(code === undefined ? {} : { code }),
    ...(row.note === undefined ? {} : { note: row.note }),
    ...(row.handledMs === undefined ? {} : { handledMs: row.handledMs }),
  }
}
