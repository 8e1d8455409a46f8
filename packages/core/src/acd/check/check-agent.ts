import type { Agent, Centre } from '../centre.ts'
import { type CentreFinding, type CentreSurroundings, finderAt } from './centre-finding.ts'

/** What is called how, by identifier. */
export interface KnownNames {
  readonly skills: ReadonlyMap<string, string>
  readonly queues: ReadonlyMap<string, string>
  readonly schedules: ReadonlyMap<string, string>
}

const namesOf = (things: readonly { readonly id: string; readonly name: string }[]): ReadonlyMap<string, string> =>
  new Map(things.map(({ id, name }) => [id, name]))

/** Looked up once for thousands of agents. */
export const knownNames = ({ skills, queues, schedules }: Centre): KnownNames => ({
  skills: namesOf(skills),
  queues: namesOf(queues),
  schedules: namesOf(schedules),
})

/** What is the matter with one agent. */
export function checkAgent(agent: Agent, known: KnownNames, around: CentreSurroundings): readonly CentreFinding[] {
  const name = around.userName(agent.userId)
  const { error, warning } = finderAt('agents', agent.userId, name ?? agent.userId)
  const skills = new Set<string>()
  const queues = new Set<string>()
  const findings: CentreFinding[] = []
  // A user is removed elsewhere: that must not stop what is published here.
  if (name === undefined) findings.push(warning('agent-gone'))
  for (const { skillId } of agent.skills) {
    const skill = known.skills.get(skillId)
    if (skill === undefined) findings.push(error('skill-unknown'))
    else if (skills.has(skillId)) findings.push(error('skill-twice', { skill }))
    skills.add(skillId)
  }
  for (const { queueId } of agent.queues) {
    const queue = known.queues.get(queueId)
    if (queue === undefined) findings.push(error('agent-queue-unknown'))
    else if (queues.has(queueId)) findings.push(error('agent-queue-twice', { queue }))
    queues.add(queueId)
  }
  if (name !== undefined && agent.queues.length === 0) findings.push(warning('agent-no-queue'))
  if (agent.scheduleId !== undefined && !known.schedules.has(agent.scheduleId)) findings.push(error('schedule-unknown'))
  if (agent.line.kind === 'number') {
    const { number } = agent.line
    const { kind } = around.numberReach(number)
    if (kind === 'unknown') findings.push(error('number-unknown', { number }))
    else if (kind === 'emergency') findings.push(error('number-emergency', { number }))
    else if (kind === 'queue') findings.push(error('agent-number-of-queue', { number }))
  }
  return findings
}
