import type { Agent, Centre, Queue, SkillNeed } from '../centre.ts'
import type { CentreSurroundings } from './centre-finding.ts'

/** Agents who are users of the company, by queue. */
export type Staff = ReadonlyMap<string, readonly Agent[]>

export function staffOf(centre: Centre, around: CentreSurroundings): Staff {
  const staff = new Map<string, Agent[]>()
  for (const agent of centre.agents) {
    if (around.userName(agent.userId) === undefined) continue
    for (const { queueId } of agent.queues) {
      const agents = staff.get(queueId)
      if (agents) agents.push(agent)
      else staff.set(queueId, [agent])
    }
  }
  return staff
}

/** The least that is ever enough: the lowest level to which a need relaxes. */
export const leastLevel = ({ level, relax = [] }: SkillNeed): number =>
  Math.min(level, ...relax.map((step) => step.level))

/** Whether an agent could take the queue's work, sooner or later. */
export function isAble({ skills }: Agent, { needs }: Queue): boolean {
  return needs.every((need) => {
    const has = skills.find(({ skillId }) => skillId === need.skillId)?.level ?? 0
    return has >= leastLevel(need)
  })
}
