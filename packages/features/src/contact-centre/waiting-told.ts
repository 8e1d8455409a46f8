import type { Clock, CompanyId, Timer, UserId } from '@vaxel/base'
import type { Directory, EventFeed, Notices, QueueId } from '@vaxel/core'
import type { Centres } from './centres.ts'

/** However much happens, screens are told no more often. */
const leastBetweenMs = 1000

/** Entries after which somebody waits who did not, or the other way round, or in another order. */
const changesWaiting: ReadonlySet<string> = new Set([
  'work.arrived',
  'work.accepted',
  'work.offered',
  'work.declined',
  'work.missed',
  'work.offerFailed',
  'work.withdrawn',
  'work.returned',
  'work.abandoned',
  'work.overflowed',
  'work.messageLeft',
  'work.callBackWished',
  'work.moved',
  'work.closed',
  'work.priorityChanged',
])

/** What has changed in a company since it was told last. */
interface Untold {
  readonly queueIds: Set<QueueId>
  timer: Timer | undefined
}

export interface WaitingToldParts {
  readonly clock: Clock
  readonly feed: EventFeed
  readonly notices: Pick<Notices, 'publish'>
  readonly directory: Pick<Directory, 'usersOf'>
  readonly centres: Centres
}

/**
 * Tells agents of a queue, and people who see all queues, that other items wait there than before: at once, and then at most once a second. What waits they read
 * themselves.
 * @returns ends it
 */
export function tellWaiting(parts: WaitingToldParts): () => void {
  const { clock, feed } = parts
  const untold = new Map<CompanyId, Untold>()
  const tell = (companyId: CompanyId, change: Untold): void => {
    if (change.queueIds.size === 0) return void untold.delete(companyId)
    publish(parts, companyId, [...change.queueIds])
    change.queueIds.clear()
    change.timer = clock.startTimer(leastBetweenMs, () => tell(companyId, change))
  }
  const stop = feed.subscribe((events) => {
    const changed = new Map<CompanyId, Untold>()
    for (const { kind, companyId, data } of events) {
      if (!changesWaiting.has(kind)) continue
      const change = untold.get(companyId) ?? { queueIds: new Set(), timer: undefined }
      untold.set(companyId, change)
      change.queueIds.add(data['queueId'] as QueueId)
      changed.set(companyId, change)
    }
    for (const [companyId, change] of changed) if (!change.timer) tell(companyId, change)
  })
  return () => {
    stop()
    for (const { timer } of untold.values()) timer?.stop()
  }
}

function publish(
  { clock, notices, directory, centres }: WaitingToldParts,
  companyId: CompanyId,
  queueIds: readonly QueueId[],
): void {
  const to = new Set<UserId>()
  const state = centres.owner(companyId)?.state
  for (const queueId of queueIds) for (const { id } of state?.queues.get(queueId)?.present ?? []) to.add(id)
  for (const { id, role } of directory.usersOf(companyId)) if (role !== 'user') to.add(id)
  notices.publish({ companyId, kind: 'work.waitingChanged', data: { queueIds }, atMs: clock.now(), to: [...to] })
}
