/**
 * How fast a queue is served, by itself: what the honest estimate is made of. `gaps`: time between two who came from the front of the line while
 * others waited, each multiplied by the number of agents at work then. `handled`: how long agents had what they finished last.
 */
export interface ServicePace {
  readonly gaps: number[]
  readonly handled: number[]
  /** Of late, less and less of what was before: how many hung up while they waited, and for how long all together have waited. */
  abandoned: number
  waitedMs: number
  /** Somebody left the front then, and others went on waiting; 0: nobody waited. */
  lastServedMs: number
  /** When somebody came to an agent last. */
  atMs: number
}

export const emptyPace = (): ServicePace => ({
  gaps: [],
  handled: [],
  abandoned: 0,
  waitedMs: 0,
  lastServedMs: 0,
  atMs: 0,
})

const mostKept = 40

/** Somebody came to an agent, or left the front of the line. @param isOthersWait whether the line is not empty now */
export function countServed(pace: ServicePace, nowMs: number, agents: number, isOthersWait: boolean): void {
  if (pace.lastServedMs > 0) keepLast(pace.gaps, (nowMs - pace.lastServedMs) * Math.max(1, agents))
  pace.lastServedMs = isOthersWait ? nowMs : 0
  pace.atMs = nowMs
}

/** Somebody waits no more, for whatever reason. Half of what is known is of the last seventy. */
export function countWait(pace: ServicePace, waitedMs: number, isAbandoned: boolean): void {
  pace.abandoned = pace.abandoned * 0.99 + (isAbandoned ? 1 : 0)
  pace.waitedMs = pace.waitedMs * 0.99 + waitedMs
}

/** From acceptance to readiness for the next. */
export const countHandled = (pace: ServicePace, handledMs: number): void => keepLast(pace.handled, handledMs)

function keepLast(list: number[], value: number): void {
  list.push(value)
  if (list.length > mostKept) list.shift()
}
