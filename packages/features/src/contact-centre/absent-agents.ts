import type { Clock, Timer, UserId } from '@vaxel/base'
import type { Directory, DispatcherState, EventFeed } from '@vaxel/core'
import type { CentreOwner } from './centre-owner.ts'
import type { Centres } from './centres.ts'

/** What must be noted by a code, and whose agent has no page open, ends by itself so long after its time. */
export const notingAloneMs = 120_000
/** The wall clock may jump, so no timer is trusted for longer. */
const longestTimerMs = 60_000

type AgentRecord = NonNullable<ReturnType<DispatcherState['agents']['get']>>
type ItemRecord = NonNullable<ReturnType<DispatcherState['items']['get']>>

/** What absent agents are seen by. */
export interface AbsentAgentsParts {
  readonly clock: Clock
  readonly feed: EventFeed
  readonly directory: Pick<Directory, 'user'>
  readonly centres: Centres
  /** Whether a telephone or a browser of theirs rings when they are called. */
  isReachable(userId: UserId): boolean
  /** So long an agent whose browser or telephone is gone is expected back, as a call waits for them. */
  readonly awayMs: number
}

/**
 * Agents whose browser died, or whose telephone is gone, without a word. Nobody is judged by never having had a page or a telephone: only by losing the last one and
 * not coming back in time. Then
 * - who could take work is not ready (`unreachable`), so that nobody is offered to an empty chair;
 * - visitors of websites who are written with wait again, at the front. Mails stay: nobody sits and waits for them;
 * - what must be noted by a code ends without one, {@link notingAloneMs} after its time.
 *
 * A call knows by itself what becomes of it ([0124](../../../../docs/decisions/0124-a-caller-whom-an-agents-line-lost.md)).
 */
export class AbsentAgents {
  readonly #parts: AbsentAgentsParts
  readonly #pages = new Map<UserId, number>()
  /** Since when nobody has a page of theirs; absent: since the start, or there is one. */
  readonly #closedMs = new Map<UserId, number>()
  readonly #missed = new Map<UserId, Timer>()
  readonly #noting = new Map<UserId, Timer>()
  readonly #startedMs: number
  readonly #stop: () => void

  constructor(parts: AbsentAgentsParts) {
    this.#parts = parts
    this.#startedMs = parts.clock.monotonicMs()
    this.#stop = parts.feed.subscribe((events) => {
      for (const { kind, data } of events) if (kind === 'registrar.unbound') this.#miss(data['userId'] as UserId)
    })
    parts.centres.onAgents((_, agents) => {
      for (const agentId of agents) this.#watchNoting(agentId)
    })
  }

  /** Somebody has the app open. @returns to be called once when that page is gone */
  pageOpened(userId: UserId): () => void {
    this.#pages.set(userId, (this.#pages.get(userId) ?? 0) + 1)
    this.#closedMs.delete(userId)
    this.#watchNoting(userId)
    return () => {
      const left = (this.#pages.get(userId) ?? 1) - 1
      if (left > 0) return void this.#pages.set(userId, left)
      this.#pages.delete(userId)
      if (!this.#find(userId)) return
      this.#closedMs.set(userId, this.#parts.clock.monotonicMs())
      this.#miss(userId)
      this.#watchNoting(userId)
    }
  }

  close(): void {
    this.#stop()
    for (const timer of [...this.#missed.values(), ...this.#noting.values()]) timer.stop()
  }

  /** Expected back from now on; the first who is missed counts. */
  #miss(userId: UserId): void {
    const { clock, awayMs } = this.#parts
    if (!this.#find(userId)) return
    this.#missed.get(userId)?.stop()
    const timer = clock.startTimer(awayMs, () => {
      this.#missed.delete(userId)
      this.#judge(userId)
    })
    this.#missed.set(userId, timer)
  }

  #judge(userId: UserId): void {
    const found = this.#find(userId)
    if (!found) return
    const { owner, agent } = found
    const hasPage = this.#pages.has(userId)
    const isThere = speaks(owner, agent) ? this.#isHeard(agent) : hasPage
    if (!isThere && agent.wantsReady) void owner.take({ kind: 'agentNotReady', agentId: userId, reason: 'unreachable' })
    if (hasPage || !this.#closedMs.has(userId)) return
    for (const { item, state } of [...agent.open])
      if (item.channel === 'chat' && state === 'assigned')
        void owner.take({ kind: 'itemReturned', itemId: item.id, why: 'agentAway' })
  }

  /** At a number anywhere, or at a device that rings. */
  #isHeard({ id, line }: AgentRecord): boolean {
    return line?.kind === 'number' || this.#parts.isReachable(id)
  }

  /** Noting that waits for a code ends by itself where nobody is there to choose one. */
  #watchNoting(userId: UserId): void {
    this.#noting.get(userId)?.stop()
    this.#noting.delete(userId)
    const found = this.#pages.has(userId) ? undefined : this.#find(userId)
    if (!found) return
    const { owner, agent } = found
    const { clock } = this.#parts
    const aloneForMs = clock.monotonicMs() - (this.#closedMs.get(userId) ?? this.#startedMs)
    const leftMs = [...agent.open]
      .filter((record) => awaitsCode(owner, record))
      .map((record) => notingAloneMs - Math.min(aloneForMs, clock.now() - record.wrapUntilMs))
    if (leftMs.length === 0) return
    const timer = clock.startTimer(Math.max(0, Math.min(...leftMs, longestTimerMs)), () => {
      this.#noting.delete(userId)
      for (const record of [...agent.open])
        if (awaitsCode(owner, record) && clock.now() - record.wrapUntilMs >= notingAloneMs && this.#isAlone(userId))
          void owner.take({ kind: 'wrappedUp', itemId: record.item.id, isForced: true })
      if (!this.#noting.has(userId)) this.#watchNoting(userId)
    })
    this.#noting.set(userId, timer)
  }

  #isAlone(userId: UserId): boolean {
    const sinceMs = this.#closedMs.get(userId) ?? this.#startedMs
    return !this.#pages.has(userId) && this.#parts.clock.monotonicMs() - sinceMs >= notingAloneMs
  }

  #find(userId: UserId): { readonly owner: CentreOwner; readonly agent: AgentRecord } | undefined {
    const { directory, centres } = this.#parts
    const user = directory.user(userId)
    const owner = user && centres.owner(user.companyId)
    const agent = owner?.state.agents.get(userId)
    return owner && agent?.isLoggedIn ? { owner, agent } : undefined
  }
}

const awaitsCode = ({ state: { queues } }: CentreOwner, { item, state }: ItemRecord): boolean =>
  state === 'wrappingUp' && (queues.get(item.queueId)?.settings.wrapUp.needsCode ?? false)

/** Whether any queue of theirs is for the telephone. */
const speaks = ({ state: { queues } }: CentreOwner, { settings }: AgentRecord): boolean =>
  settings.queues.some(({ queueId }) =>
    queues.get(queueId)?.settings.channels.some((channel) => channel === 'call' || channel === 'callBack'),
  )
