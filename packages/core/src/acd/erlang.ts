/** Calls as Erlang C sees them: they come by chance, nobody hangs up, and all agents are alike. */
export interface Traffic {
  readonly perHour: number
  /** Talk and notes together. */
  readonly handlingSeconds: number
}

export interface ErlangFigures {
  /** Offered load, erlangs. */
  readonly load: number
  /** False: more comes than the agents can do, and the line grows without end; waits are then not told. */
  readonly isStable: boolean
  /** Share of callers who wait at all, 0 to 1. */
  readonly waitShare: number
  /** Share of callers who wait no longer than asked, 0 to 1. */
  readonly serviceLevel: number
  /** Of all callers, those who do not wait too. */
  readonly averageWaitSeconds?: number
  /** Share of an agent's time with customers, 0 to 1. */
  readonly occupancy: number
}

/** The most for whom it is asked. */
const mostErlangAgents = 20_000

/**
 * Share of calls that find all agents busy and are lost (Erlang B, A. K. Erlang 1917), by B(n) = aB(n-1) / (n + aB(n-1)): no factorial and no
 * power is ever made, so it neither overflows nor loses digits for thousands of agents.
 * @example erlangB(2, 1) // 0.2
 */
export function erlangB(agents: number, load: number): number {
  let blocked = 1
  for (let n = 1; n <= agents; n++) blocked = (load * blocked) / (n + load * blocked)
  return blocked
}

/**
 * Share of calls that wait, when they wait as long as they must (Erlang C); 1 when more comes than can be done.
 * @example erlangC(2, 1) // 0.333…
 */
export function erlangC(agents: number, load: number): number {
  if (load <= 0) return 0
  if (agents <= load) return 1
  const blocked = erlangB(agents, load)
  return blocked / (1 - (load / agents) * (1 - blocked))
}

/**
 * What so many agents give.
 * @param levelSeconds the wait that is still good
 * @example erlangFigures({ perHour: 720, handlingSeconds: 240 }, 55, 15).serviceLevel // 0.846
 */
export function erlangFigures(traffic: Traffic, agents: number, levelSeconds: number): ErlangFigures {
  const { handlingSeconds, perHour } = traffic
  const load = loadOf(traffic)
  if (perHour <= 0 || handlingSeconds <= 0)
    return { load: 0, isStable: true, waitShare: 0, serviceLevel: 1, averageWaitSeconds: 0, occupancy: 0 }
  if (agents <= load) return { load, isStable: false, waitShare: 1, serviceLevel: 0, occupancy: 1 }
  const waitShare = erlangC(agents, load)
  return {
    load,
    isStable: true,
    waitShare,
    serviceLevel: 1 - waitShare * Math.exp((-(agents - load) * levelSeconds) / handlingSeconds),
    averageWaitSeconds: (waitShare * handlingSeconds) / (agents - load),
    occupancy: load / agents,
  }
}

const loadOf = ({ perHour, handlingSeconds }: Traffic): number => (perHour / 3600) * handlingSeconds

/**
 * The fewest agents with whom so many per cent wait no longer than so many seconds.
 * @returns undefined when `mostErlangAgents` are not enough
 */
export function agentsNeeded(
  traffic: Traffic,
  level: { readonly seconds: number; readonly percent: number },
): number | undefined {
  const load = loadOf(traffic)
  if (load <= 0) return 0
  let blocked = 1
  for (let n = 1; n <= mostErlangAgents; n++) {
    blocked = (load * blocked) / (n + load * blocked)
    if (n <= load) continue
    const waitShare = blocked / (1 - (load / n) * (1 - blocked))
    const late = waitShare * Math.exp((-(n - load) * level.seconds) / traffic.handlingSeconds)
    if (1 - late >= level.percent / 100) return n
  }
  return undefined
}
