import type { Agent, Centre } from '../centre.ts'
import { type CentreFinding, type CentreSurroundings, finderAt } from './centre-finding.ts'

/** What is the matter with one agent. */
export function checkAgent(agent: Agent, centre: Centre, around: CentreSurroundings): readonly CentreFinding[] {
  const name = around.userName(agent.userId)
  const { error, warning } = finderAt('agents', agent.userId, name ?? agent.userId)
  const skills = new Set<string>()
  const queues = new Set<string>()
  const findings: CentreFinding[] = []
  // A user is removed elsewhere: that must not stop what is published here.
  if (name === undefined) findings.push(warning('agent-gone'))
  for (const { skillId } of agent.skills) {
    const skill = centre.skills.find(({ id }) => id === skillId)
    if (!skill) findings.push(error('skill-unknown'))
    else if (skills.has(skillId)) findings.push(error('skill-twice', { skill: skill.name }))
    skills.add(skillId)
  }
  for (const { queueId } of agent.queues) {
    const queue = centre.queues.find(({ id }) => id === queueId)
    if (!queue) findings.push(error('agent-queue-unknown'))
    else if (queues.has(queueId)) findings.push(error('agent-queue-twice', { queue: queue.name }))
    queues.add(queueId)
  }
  if (name !== undefined && agent.queues.length === 0) findings.push(warning('agent-no-queue'))
  if (agent.scheduleId !== undefined && !centre.schedules.some(({ id }) => id === agent.scheduleId))
    findings.push(error('schedule-unknown'))
  if (agent.line.kind === 'number') {
    const { number } = agent.line
    const { kind } = around.numberReach(number)
    if (kind === 'unknown') findings.push(error('number-unknown', { number }))
    else if (kind === 'emergency') findings.push(error('number-emergency', { number }))
    else if (kind === 'queue') findings.push(error('agent-number-of-queue', { number }))
  }
  return findings
}
