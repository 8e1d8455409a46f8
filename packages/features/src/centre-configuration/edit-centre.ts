import type { Refusal, UserId } from '@vaxel/base'
import {
  CentreTooMany,
  mostOfCentre,
  NotFound,
  type OperationRequest,
  type changeCentreAgents,
  StillInUse,
} from '@vaxel/contract'
import {
  type Agent,
  type Centre,
  type CentreSection,
  type CentreThing,
  idOfThing,
  type Language,
  type OverflowTarget,
  type Queue,
  type QueueId,
  type SkillId,
  thingOf,
  withoutMailbox,
  withThing,
} from '@vaxel/core'
import { newAgent } from './delivered.ts'
import { sentences } from './sentences.ts'

/** What many agents get at once. */
export type AgentChange = NonNullable<OperationRequest<typeof changeCentreAgents>['body']['change']>

/** The centre with one thing kept; refuses one more than there may be. */
export function keepThing(centre: Centre, section: CentreSection, thing: CentreThing): Centre | Refusal {
  const isNew = thingOf(centre, section, idOfThing(thing)) === undefined
  if (isNew && centre[section].length >= mostOfCentre[section]) return CentreTooMany()
  return withThing(centre, section, thing)
}

/**
 * The centre without one thing, and without what only names it: an agent's skill or queue, a queue's code. Refuses where the rest would mean
 * something else without it: a queue that others overflow to or a number leads to, a skill that a queue needs, hours that a queue goes by.
 * @param numbers that lead to the thing, where it is a queue
 */
export function removeThing(
  centre: Centre,
  section: CentreSection,
  id: string,
  numbers: readonly string[],
  language: Language,
): Centre | Refusal {
  if (!thingOf(centre, section, id)) return NotFound()
  const refused = whyKept(centre, section, id, numbers, language)
  if (refused !== undefined) return StillInUse(refused)
  const without: Centre = {
    ...centre,
    [section]: (centre[section] as readonly CentreThing[]).filter((thing) => idOfThing(thing) !== id),
  }
  switch (section) {
    case 'skills':
      return withAgents(without, (agent) => ({
        ...agent,
        skills: agent.skills.filter(({ skillId }) => skillId !== id),
      }))
    case 'queues':
      return {
        ...withAgents(without, (agent) => ({ ...agent, queues: agent.queues.filter(({ queueId }) => queueId !== id) })),
        alarms: without.alarms.filter(({ queueId }) => queueId !== id),
        templates: without.templates.map((template) =>
          template.queueIds?.includes(id as QueueId)
            ? { ...template, queueIds: template.queueIds.filter((queueId) => queueId !== id) }
            : template,
        ),
      }
    case 'schedules':
      return withAgents(without, ({ scheduleId, ...agent }) =>
        scheduleId === undefined || scheduleId === id ? agent : { ...agent, scheduleId },
      )
    case 'mailboxes':
      return withoutMailbox(without, id)
    case 'wrapUpCodes':
      return { ...without, queues: without.queues.map((queue) => withoutCode(queue, id)) }
    default:
      return without
  }
}

function whyKept(
  { queues, templates, mailboxes, websites }: Centre,
  section: CentreSection,
  id: string,
  numbers: readonly string[],
  language: Language,
): string | undefined {
  const say = sentences[language]
  const told = (those: readonly { readonly name: string }[], why: (names: readonly string[]) => string) =>
    those.length > 0 ? why(those.map(({ name }) => name)) : undefined
  switch (section) {
    case 'queues': {
      const others = queues.filter((queue) => queue.id !== id && targetsOf(queue).some((to) => leadsTo(to, id)))
      const texts = templates.filter(({ queueIds }) => queueIds?.length === 1 && queueIds[0] === id)
      if (numbers.length > 0) return say.numbersLead(numbers)
      const channels = [...mailboxes, ...websites].filter(({ queueId }) => queueId === id)
      return told(others, say.goesOn) ?? told(texts, say.textsAlone) ?? told(channels, say.channelsLead)
    }
    case 'skills':
      return told(
        queues.filter(({ needs }) => needs.some(({ skillId }) => skillId === id)),
        say.skillNeeded,
      )
    case 'schedules':
      return told(
        queues.filter(({ scheduleId }) => scheduleId === id),
        say.hoursUsed,
      )
    default:
      return undefined
  }
}

const targetsOf = ({ overflow, voice }: Queue): readonly (OverflowTarget | undefined)[] => [
  overflow.closed,
  overflow.full,
  overflow.noAgents,
  overflow.tooLong?.to,
  ...Object.values(voice.keys ?? {}),
]

const leadsTo = (target: OverflowTarget | undefined, queueId: string): boolean =>
  target?.kind === 'queue' && target.queueId === queueId

const withAgents = (centre: Centre, change: (agent: Agent) => Agent): Centre => ({
  ...centre,
  agents: centre.agents.map(change),
})

function withoutCode(queue: Queue, codeId: string): Queue {
  const { codeIds } = queue.wrapUp
  if (!codeIds?.includes(codeId)) return queue
  return { ...queue, wrapUp: { ...queue.wrapUp, codeIds: codeIds.filter((id) => id !== codeId) } }
}

/** The centre with these people changed; who was no agent becomes one. */
export function changeAgents(
  centre: Centre,
  userIds: readonly UserId[],
  change: AgentChange | undefined,
  isRemoval: boolean,
): Centre | Refusal {
  const chosen = new Set(userIds)
  if (isRemoval) return { ...centre, agents: centre.agents.filter(({ userId }) => !chosen.has(userId)) }
  const known = new Set(centre.agents.map(({ userId }) => userId))
  const added = [...chosen].filter((userId) => !known.has(userId)).map(newAgent)
  if (centre.agents.length + added.length > mostOfCentre.agents) return CentreTooMany()
  const agents = [...centre.agents, ...added]
  return { ...centre, agents: agents.map((agent) => (chosen.has(agent.userId) ? changed(agent, change ?? {}) : agent)) }
}

function changed(agent: Agent, change: AgentChange): Agent {
  const { addQueueIds = [], removeQueueIds = [], setSkills = [], removeSkillIds = [], scheduleId } = change
  const { scheduleId: kept, ...rest } = agent
  const here = new Set<string>(agent.queues.map(({ queueId }) => queueId))
  const set = new Set(setSkills.map(({ skillId }) => skillId))
  const hours = scheduleId === undefined ? kept : (scheduleId ?? undefined)
  return {
    ...rest,
    queues: [
      ...agent.queues.filter(({ queueId }) => !removeQueueIds.includes(queueId)),
      ...addQueueIds.filter((id) => !here.has(id)).map((queueId) => ({ queueId: queueId as QueueId })),
    ],
    skills: [
      ...agent.skills.filter(({ skillId }) => !removeSkillIds.includes(skillId) && !set.has(skillId)),
      ...setSkills.map(({ skillId, level }) => ({ skillId: skillId as SkillId, level })),
    ],
    capacity: change.capacity ?? agent.capacity,
    line: change.line ?? agent.line,
    ...(hours === undefined ? {} : { scheduleId: hours }),
  }
}
