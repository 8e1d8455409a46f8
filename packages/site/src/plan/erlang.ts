/** More lines or agents than this are not looked for. */
export const mostServers = 100_000

/**
 * Share of calls that find every line busy (Erlang B: blocked calls are gone), by the recursion that stays within 0 to 1 for
 * any number of lines. Throws for what is no traffic or no number of lines.
 * @example erlangB(25, 30) // 0.0526
 */
export function erlangB(erlangs: number, lines: number): number {
  mustBeTraffic(erlangs)
  mustBeCount(lines)
  let blocking = 1
  for (let n = 1; n <= lines; n += 1) blocking = nextBlocking(erlangs, n, blocking)
  return erlangs === 0 && lines === 0 ? 0 : blocking
}

const nextBlocking = (erlangs: number, lines: number, before: number): number =>
  (erlangs * before) / (lines + erlangs * before)

/** Fewest lines on which at most this share of the calls finds all busy; undefined above {@link mostServers}. */
export function linesFor(erlangs: number, mostBlocked: number): number | undefined {
  mustBeTraffic(erlangs)
  if (!(mostBlocked > 0 && mostBlocked <= 1)) throw new RangeError(`${mostBlocked} is no share of calls above 0`)
  let blocking = erlangs === 0 ? 0 : 1
  for (let n = 0; n <= mostServers; n += 1) {
    if (n > 0) blocking = nextBlocking(erlangs, n, blocking)
    if (blocking <= mostBlocked) return n
  }
  return undefined
}

/**
 * Share of calls that wait for an agent (Erlang C: nobody gives up). 1 when there are no more agents than erlangs: the queue
 * then only grows.
 * @example erlangC(25, 30) // 0.250
 */
export function erlangC(erlangs: number, agents: number): number {
  const blocking = erlangB(erlangs, agents)
  return waitingFrom(blocking, erlangs, agents)
}

const waitingFrom = (blocking: number, erlangs: number, agents: number): number => {
  if (erlangs === 0) return 0
  return agents <= erlangs ? 1 : blocking / (1 - (erlangs / agents) * (1 - blocking))
}

/** What so many agents mean for the callers. */
export interface AgentsOutcome {
  readonly agents: number
  /** Share of calls answered within the wanted time. */
  readonly serviceLevel: number
  /** Share that waits at all. */
  readonly waiting: number
  /** Of all calls; absent where the queue only grows. */
  readonly averageWaitSeconds?: number
  /** Share of an agent's time that is work. */
  readonly occupancy: number
}

export interface AgentWork {
  readonly erlangs: number
  readonly handlingSeconds: number
  readonly withinSeconds: number
}

/** Service level and waiting with so many agents. */
export const outcomeOf = (work: AgentWork, agents: number): AgentsOutcome =>
  outcomeFrom(erlangC(work.erlangs, agents), work, agents)

function outcomeFrom(
  waiting: number,
  { erlangs, handlingSeconds, withinSeconds }: AgentWork,
  agents: number,
): AgentsOutcome {
  const spare = agents - erlangs
  const grows = spare <= 0 && erlangs > 0
  return {
    agents,
    serviceLevel: grows ? 0 : 1 - waiting * Math.exp((-spare * withinSeconds) / handlingSeconds),
    waiting,
    ...(!grows && { averageWaitSeconds: erlangs === 0 ? 0 : (waiting * handlingSeconds) / spare }),
    occupancy: agents === 0 ? (erlangs > 0 ? 1 : 0) : Math.min(1, erlangs / agents),
  }
}

/** Fewest agents that answer this share of calls in time; undefined above {@link mostServers}. */
export function agentsFor(work: AgentWork, share: number): number | undefined {
  const { erlangs, handlingSeconds, withinSeconds } = work
  mustBeTraffic(erlangs)
  if (!(share >= 0 && share < 1)) throw new RangeError(`${share} is no share of calls below 1`)
  if (!(handlingSeconds > 0) || !(withinSeconds >= 0)) throw new RangeError('times must not be below zero')
  if (erlangs === 0) return 0
  let blocking = 1
  for (let n = 1; n <= mostServers; n += 1) {
    blocking = nextBlocking(erlangs, n, blocking)
    if (n > erlangs && outcomeFrom(waitingFrom(blocking, erlangs, n), work, n).serviceLevel >= share) return n
  }
  return undefined
}

function mustBeTraffic(erlangs: number): void {
  if (!Number.isFinite(erlangs) || erlangs < 0) throw new RangeError(`${erlangs} is no traffic in erlangs`)
}

function mustBeCount(servers: number): void {
  if (!Number.isInteger(servers) || servers < 0) throw new RangeError(`${servers} is no number of lines or agents`)
}
