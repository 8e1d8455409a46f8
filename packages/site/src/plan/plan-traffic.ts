import type { SiteProfile } from '../profile/site-profile.ts'
import { agentsFor, erlangB, linesFor, outcomeOf } from './erlang.ts'
import { line, type PlanLine } from './plan-line.ts'
import type { AgentsPlan, LinesPlan } from './site-plan.ts'

const defaultBlocking = 0.01
const defaultLevel = { share: 0.8, withinSeconds: 20 }
/** Nobody answers every call in time, and no line count blocks none: the nearest that can be computed. */
const least = 0.000_001

const percent = (share: number): number => Math.round(share * 10_000) / 100
const short = (value: number): number => Math.round(value * 100) / 100

/** Lines to the outside by Erlang B; undefined when the profile does not say how many calls and how long. */
export function planLines({ traffic = {} }: SiteProfile): LinesPlan | undefined {
  const { externalCallsPerHour: calls, averageCallSeconds: seconds } = traffic
  if (calls === undefined || seconds === undefined) return undefined
  const erlangs = (calls * seconds) / 3600
  const mostBlocked = Math.max(traffic.blocking ?? defaultBlocking, least)
  const lines = linesFor(erlangs, mostBlocked)
  const explained: PlanLine[] = [
    {
      ...line('offered', { calls, seconds, erlangs: short(erlangs) }),
      formula: `${calls} × ${seconds} s / 3600 s = ${short(erlangs)} E`,
    },
    lines === undefined
      ? line('linesTooMany', {})
      : line('linesNeeded', { lines, percent: percent(mostBlocked), blocked: percent(erlangB(erlangs, lines)) }),
  ]
  const around =
    lines === undefined
      ? []
      : [lines - 1, lines, lines + 1]
          .filter((count) => count >= 0)
          .map((count) => ({ lines: count, blocked: erlangB(erlangs, count) }))
  return { erlangs, mostBlocked, ...(lines !== undefined && { lines }), around, explained }
}

/** Agents by Erlang C; undefined when the profile does not say how many calls they get and how long each takes. */
export function planAgents({
  traffic = {},
  agents: { loggedOn } = { loggedOn: 0, client: 'softphone' },
}: SiteProfile): AgentsPlan | undefined {
  const { agentCallsPerHour: calls, averageHandlingSeconds: handlingSeconds } = traffic
  if (calls === undefined || handlingSeconds === undefined || handlingSeconds === 0) return undefined
  const erlangs = (calls * handlingSeconds) / 3600
  const { share, withinSeconds } = traffic.serviceLevel ?? defaultLevel
  const work = { erlangs, handlingSeconds, withinSeconds }
  const agents = agentsFor(work, Math.min(share, 1 - least))
  const now = loggedOn > 0 ? outcomeOf(work, loggedOn) : undefined
  const wanted = { percent: percent(share), seconds: withinSeconds }
  const explained: PlanLine[] = [
    {
      ...line('offered', { calls, seconds: handlingSeconds, erlangs: short(erlangs) }),
      formula: `${calls} × ${handlingSeconds} s / 3600 s = ${short(erlangs)} E`,
    },
    agents === undefined ? line('agentsTooMany', {}) : line('agentsNeeded', { agents, ...wanted }),
    ...(now
      ? [
          line(now.serviceLevel >= share ? 'loggedOnEnough' : 'loggedOnTooFew', {
            agents: loggedOn,
            level: percent(now.serviceLevel),
            ...wanted,
          }),
        ]
      : []),
    line('nobodyGivesUp', {}),
  ]
  return {
    erlangs,
    wanted: { share, withinSeconds },
    ...(agents !== undefined && { agents }),
    around:
      agents === undefined
        ? []
        : [agents - 1, agents, agents + 1].filter((count) => count >= 0).map((count) => outcomeOf(work, count)),
    ...(now && { loggedOn: now }),
    explained,
  }
}
