import type { Api, ReplyOf } from '../api/api.ts'
import type { EventStreamClient } from '../api/event-stream.ts'
import type { PageClock } from '../app/app.ts'
import { Cell, type Value } from '../base/cell.ts'

export type CentreNow = ReplyOf<'readCentreNow'>
export type QueueInCentre = CentreNow['queues'][number]
export type AgentInCentre = CentreNow['agents'][number]
export type OpenAlarm = CentreNow['alarms'][number]

export interface CentreNowState {
  /** The last truth; undefined before there was one. */
  readonly centre: CentreNow | undefined
  /** How far the server's clock is ahead of this page's: what runs with time is right to the second on every machine. */
  readonly clockAheadMs: number
  readonly loadedAtMs?: number
  readonly fault?: unknown
}

interface FiguresChanged {
  readonly asOf: number
  readonly day: string
  readonly queues: readonly QueueInCentre['now'][]
  readonly agents: readonly AgentInCentre['now'][]
}

/** What a notice is late by on a slow line is no clock that was set. */
const leastLeapMs = 3000
const lookEveryMs = 1000

/** What makes the frame anew: who is there, what is called how, which alarms go on. */
const changing = new Set(['centre.published', 'alarm.raised', 'alarm.cleared'])

/** The contact centre as it is: loaded once, then by notices; anew after a loss of the connection, so that nothing is missed or counted twice. */
export class CentreNowModel {
  readonly state: Value<CentreNowState>
  readonly #state = new Cell<CentreNowState>({ centre: undefined, clockAheadMs: 0 })
  readonly #api: Api
  readonly #clock: PageClock
  readonly #steadyMs: () => number
  /** Notices that come while an answer is on its way. */
  #early: FiguresChanged[] | undefined
  #round = 0
  readonly #alarmed = new Set<() => void>()

  /** @param options `steadyMs`: a clock of the page that nobody sets */
  constructor({
    api,
    clock,
    steadyMs = () => performance.now(),
  }: { api: Api; clock: PageClock; steadyMs?: () => number }) {
    this.#api = api
    this.#clock = clock
    this.#steadyMs = steadyMs
    this.state = this.#state
  }

  /** Called when an alarm is raised. @returns stops that */
  onAlarm(listener: () => void): () => void {
    this.#alarmed.add(listener)
    return () => void this.#alarmed.delete(listener)
  }

  /** @returns stops it */
  follow(events: EventStreamClient): () => void {
    const stops = [
      events.onNotice('centre.figuresChanged', ({ at, data }) => {
        this.#take(data as unknown as FiguresChanged)
        this.#compare(Date.parse(at))
      }),
      this.#watchClock(),
      events.onEvent(({ kind }) => {
        if (!changing.has(kind)) return
        if (kind === 'alarm.raised') for (const listener of this.#alarmed) listener()
        void this.load()
      }),
      events.onLive(() => void this.load()),
    ]
    if (events.state.get().name !== 'live') void this.load()
    return () => {
      for (const stop of stops) stop()
    }
  }

  async load(): Promise<void> {
    const round = ++this.#round
    this.#early = []
    const askedAtMs = this.#clock.nowMs()
    try {
      const centre = await this.#api.call('readCentreNow')
      if (round !== this.#round) return
      const nowMs = this.#clock.nowMs()
      const early = this.#early ?? []
      this.#early = undefined
      this.#state.set({
        centre,
        clockAheadMs: Date.parse(centre.at) - (askedAtMs + nowMs) / 2,
        loadedAtMs: nowMs,
      })
      for (const change of early) this.#take(change)
    } catch (fault) {
      if (round === this.#round) this.#state.update((state) => ({ ...state, fault }))
    }
  }

  /** The server's clock was set, or this page's: what is told as a moment is to be read anew. */
  #compare(serverMs: number): void {
    const { loadedAtMs, clockAheadMs } = this.#state.get()
    if (this.#early || loadedAtMs === undefined || !Number.isFinite(serverMs)) return
    if (Math.abs(serverMs - this.#clock.nowMs() - clockAheadMs) > leastLeapMs) void this.load()
  }

  /** Also while nothing happens in the centre. A machine that slept has its clocks apart as well. @returns stops it */
  #watchClock(): () => void {
    const offset = () => this.#clock.nowMs() - this.#steadyMs()
    let offsetMs = offset()
    let stop = () => {}
    const look = () => {
      const byMs = offset() - offsetMs
      offsetMs += byMs
      if (Math.abs(byMs) > leastLeapMs) void this.load()
      stop = this.#clock.startTimer(lookEveryMs, look)
    }
    stop = this.#clock.startTimer(lookEveryMs, look)
    return () => stop()
  }

  #take(change: FiguresChanged): void {
    if (this.#early) {
      this.#early.push(change)
      return
    }
    const { centre } = this.#state.get()
    // The answer was made after this was told.
    if (!centre || change.asOf < centre.asOf) return
    if (change.day !== centre.day) return void this.load()
    const queues = new Map(change.queues.map((queue) => [queue.queueId, queue]))
    const agents = new Map(change.agents.map((agent) => [agent.agentId, agent]))
    this.#state.update((state) => ({
      ...state,
      centre: {
        ...centre,
        asOf: change.asOf,
        queues: centre.queues.map((queue) => {
          const now = queues.get(queue.id)
          return now ? { ...queue, now } : queue
        }),
        agents: centre.agents.map((agent) => {
          const now = agents.get(agent.id)
          return now ? { ...agent, now } : agent
        }),
      },
    }))
  }
}

/** What waits in a queue over all channels; `sinceMs` of the longest one, by the page's clock. */
export function waitingOf(
  { now }: QueueInCentre,
  clockAheadMs: number,
): { readonly count: number; readonly sinceMs: number | undefined } {
  let [count, sinceMs] = [0, Number.POSITIVE_INFINITY]
  for (const { count: own, oldestSince } of now.waiting) {
    count += own
    sinceMs = Math.min(sinceMs, Date.parse(oldestSince) - clockAheadMs)
  }
  return { count, sinceMs: Number.isFinite(sinceMs) ? sinceMs : undefined }
}

/** Share of those who were answered in time within the last quarter of an hour; undefined: there were none. */
export const levelNowOf = ({ now: { recent } }: QueueInCentre): number | undefined =>
  recent.counted === 0 ? undefined : recent.inLevel / recent.counted

export type AgentState = AgentInCentre['now']['state']

/** How many agents of a queue are in each state; all of the centre without one. */
export function statesOf(agents: readonly AgentInCentre[], queueId?: string): Readonly<Record<AgentState, number>> {
  const counts = { loggedOff: 0, notReady: 0, ready: 0, busy: 0, workingAfterCall: 0 }
  for (const { queueIds, now } of agents) if (queueId === undefined || queueIds.includes(queueId)) counts[now.state]++
  return counts
}
