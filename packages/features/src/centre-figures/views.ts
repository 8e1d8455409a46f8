import type { UserId } from '@vaxel/base'
import type { OperationReply, readCentreNow, readReport } from '@vaxel/contract'
import {
  type Centre,
  type Directory,
  figuresOf,
  type LiveAgent,
  type LiveQueue,
  noCounts,
  type WorkCounts,
} from '@vaxel/core'

export type CentreNow = OperationReply<typeof readCentreNow>
export type QueueNowView = CentreNow['queues'][number]['now']
export type AgentNowView = CentreNow['agents'][number]['now']
export type FiguresView = OperationReply<typeof readReport>['total']

export const time = (atMs: number): string => new Date(atMs).toISOString()

/** Counts with the figures that are made of them; a figure of nothing is left out. */
export function figuresView(counts: WorkCounts): FiguresView {
  const figures: Record<string, number> = {}
  for (const [name, value] of Object.entries(figuresOf(counts))) if (value !== undefined) figures[name] = value
  return { counts: { ...counts }, figures }
}

/** A queue as screens get it. @param queue absent: nothing has happened in it yet */
export function queueNowView(
  queueId: string,
  queue: LiveQueue | undefined,
  state: { readonly isOpen: boolean; readonly isByHand: boolean },
): QueueNowView {
  return {
    queueId,
    isOpen: state.isOpen,
    isByHand: state.isByHand,
    waiting: (queue?.waiting() ?? []).map(({ channel, count, oldestSinceMs, oldestItemId }) => ({
      channel,
      count,
      oldestSince: time(oldestSinceMs),
      oldestItemId,
    })),
    recent: queue?.recent() ?? { inLevel: 0, counted: 0 },
    ...figuresView(queue?.total() ?? noCounts()),
  }
}

/** Reasons of a centre by their names; those of our own have none, screens know them. */
export function reasonView(centre: Pick<Centre, 'reasons'>, id: string): { id: string; name?: string } {
  const name = centre.reasons.find((reason) => reason.id === id)?.name
  return { id, ...(name === undefined ? {} : { name }) }
}

/** An agent as screens get them. @param agent absent: was never logged in @param sinceMs then: since when that is known */
export function agentNowView(
  agentId: UserId,
  agent: LiveAgent | undefined,
  {
    centre,
    directory,
    sinceMs,
  }: { centre: Pick<Centre, 'reasons'>; directory: Pick<Directory, 'user'>; sinceMs: number },
): AgentNowView {
  if (!agent)
    return { agentId, state: 'loggedOff', since: time(sinceMs), asked: 0, items: [], ...figuresView(noCounts()) }
  const { state, reason, by } = agent
  return {
    agentId,
    state,
    ...(reason === undefined ? {} : { reason: reasonView(centre, reason) }),
    since: time(agent.sinceMs),
    ...(by === undefined ? {} : { by: directory.user(by)?.displayName ?? by }),
    asked: agent.asked,
    items: [...agent.items.values()].map(({ itemId, queueId, channel, callId, sinceMs: since, isKept }) => ({
      itemId,
      queueId,
      channel,
      ...(callId === undefined ? {} : { callId }),
      since: time(since),
      isKept,
    })),
    ...figuresView(agent.today),
  }
}
