import { type Centre, mostAgents, mostMailboxes, mostQueues, mostSkills, mostWebsites } from '../centre.ts'
import { centreSections, type CentreSection, type CentreThing, idOfThing } from '../centre-things.ts'
import type { CentreFinding, CentreSurroundings } from './centre-finding.ts'
import { finderAt } from './centre-finding.ts'
import { checkAgent, knownNames } from './check-agent.ts'
import { checkAlarm } from './check-alarm.ts'
import { checkChannels } from './check-channels.ts'
import { checkHours } from './check-hours.ts'
import { checkOverflows } from './check-overflows.ts'
import { checkQueue } from './check-queue.ts'
import { checkScreenPop } from './check-screen-pop.ts'
import { checkTemplate } from './check-template.ts'
import { staffOf } from './staff.ts'

const most: Partial<Record<CentreSection, number>> = {
  queues: mostQueues,
  agents: mostAgents,
  skills: mostSkills,
  mailboxes: mostMailboxes,
  websites: mostWebsites,
}
/** Addresses tell these apart. */
const maySameName: ReadonlySet<CentreSection> = new Set(['mailboxes', 'websites'])

/**
 * Everything that is wrong or foolish in a centre, errors first. One without errors serves whoever comes: every name that is used exists,
 * no customer goes in circles, and every queue has somebody who can take its work once they are there.
 */
export function checkCentre(centre: Centre, around: CentreSurroundings): readonly CentreFinding[] {
  const staff = staffOf(centre, around)
  const known = knownNames(centre)
  const numbered = new Set(around.queueNumbers.map(({ queueId }) => queueId))
  const findings: CentreFinding[] = [
    ...centreSections.flatMap((section) => checkNames(section, centre[section], around)),
    ...centre.queues.flatMap((queue) => checkQueue(queue, centre, around, { staff, numbered })),
    ...checkOverflows(centre, around),
    ...centre.agents.flatMap((agent) => checkAgent(agent, known, around)),
    ...centre.schedules.flatMap(checkHours),
    ...centre.templates.flatMap((template) => checkTemplate(template, centre)),
    ...centre.alarms.flatMap((alarm) => checkAlarm(alarm, centre)),
    ...checkChannels(centre, around),
    ...(centre.screenPop ? checkScreenPop(centre.screenPop) : []),
    ...checkNumbersLeftOver(centre, around),
    ...(centre.agents.length > 0 && centre.reasons.length === 0
      ? [{ severity: 'warning', code: 'no-reasons', section: 'reasons', params: {} } as const]
      : []),
  ]
  return [
    ...findings.filter(({ severity }) => severity === 'error'),
    ...findings.filter(({ severity }) => severity === 'warning'),
  ]
}

/** Whether it may be published. */
export const isPublishable = (findings: readonly CentreFinding[]): boolean =>
  !findings.some(({ severity }) => severity === 'error')

/** Identifiers and names that are there twice, or blank; lists that are too long. */
function checkNames(
  section: CentreSection,
  things: readonly CentreThing[],
  around: CentreSurroundings,
): readonly CentreFinding[] {
  const findings: CentreFinding[] = []
  const limit = most[section]
  if (limit !== undefined && things.length > limit)
    findings.push({ severity: 'error', code: 'too-many', section, params: { section, most: limit } })
  const ids = new Set<string>()
  const names = new Set<string>()
  for (const thing of things) {
    const id = idOfThing(thing)
    const name = 'userId' in thing ? (around.userName(id) ?? id) : thing.name
    const { error } = finderAt(section, id, name)
    if (ids.has(id)) findings.push(error('id-twice'))
    ids.add(id)
    if ('userId' in thing) continue
    const folded = name.trim().toLocaleLowerCase('en')
    if (folded === '') findings.push(error('name-blank'))
    else if (names.has(folded) && !maySameName.has(section)) findings.push(error('name-twice'))
    names.add(folded)
  }
  return findings
}

/** Numbers that would lead to a queue that is not there any more. */
function checkNumbersLeftOver(centre: Centre, { queueNumbers }: CentreSurroundings): readonly CentreFinding[] {
  const known = new Set<string>(centre.queues.map(({ id }) => id))
  return queueNumbers.flatMap(({ number, queueId }) =>
    known.has(queueId)
      ? []
      : [{ severity: 'error', code: 'number-left-over', section: 'queues', id: queueId, params: { number } } as const],
  )
}
