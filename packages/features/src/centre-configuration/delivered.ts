import { makeId, type UserId } from '@vaxel/base'
import {
  type Agent,
  type Centre,
  type Company,
  defaultCapacity,
  type Language,
  type NotReadyReason,
  type Queue,
  type QueueId,
  type Schedule,
  type WrapUpCode,
} from '@vaxel/core'

/** What a new queue is until somebody says otherwise. */
const usual: Omit<Queue, 'id' | 'name' | 'scheduleId'> = {
  channels: ['call', 'callBack'],
  selection: 'longestIdle',
  needs: [],
  priority: 5,
  offerSeconds: 20,
  missedMakesNotReady: true,
  wrapUp: { seconds: 30, needsCode: false },
  serviceLevel: { seconds: 20, percent: 80 },
  shortAbandonSeconds: 5,
  overflow: { closed: { kind: 'goodbye' }, full: { kind: 'goodbye' } },
  voice: { saysPosition: true, saysWait: true, everySeconds: 60, callBackAfterSeconds: 60 },
}

/** An agent until somebody says otherwise. */
export const newAgent = (userId: UserId): Agent => ({
  userId,
  skills: [],
  queues: [],
  capacity: defaultCapacity,
  line: { kind: 'devices' },
})

interface Names {
  readonly hours: string
  readonly lunch: string
  readonly pause: string
  readonly meeting: string
  readonly training: string
  readonly solved: string
  readonly passedOn: string
  readonly callAgain: string
  readonly wrongNumber: string
}

const names: Readonly<Record<Language, Names>> = {
  en: {
    hours: 'Office hours',
    lunch: 'Lunch',
    pause: 'Break',
    meeting: 'Meeting',
    training: 'Training',
    solved: 'Solved',
    passedOn: 'Passed on',
    callAgain: 'To be called again',
    wrongNumber: 'Wrong number',
  },
  sv: {
    hours: 'Kontorstid',
    lunch: 'Lunch',
    pause: 'Rast',
    meeting: 'Möte',
    training: 'Utbildning',
    solved: 'Löst',
    passedOn: 'Skickat vidare',
    callAgain: 'Ska ringas upp igen',
    wrongNumber: 'Fel nummer',
  },
  fr: {
    hours: 'Heures de bureau',
    lunch: 'Déjeuner',
    pause: 'Pause',
    meeting: 'Réunion',
    training: 'Formation',
    solved: 'Résolu',
    passedOn: 'Transmis',
    callAgain: 'À rappeler',
    wrongNumber: 'Faux numéro',
  },
}

/** What somebody wants who makes a queue in a minute. */
export interface QueueWish {
  readonly name: string
  readonly userIds: readonly UserId[]
  readonly hours: 'always' | 'weekdays'
}

/**
 * A centre with one more queue that works as it is: its agents are there, its hours, and what a centre without anything needs besides
 * (reasons, codes).
 */
export function withNewQueue(
  centre: Centre,
  queueId: QueueId,
  { name, userIds, hours }: QueueWish,
  company: Company,
  language: Language,
  nowMs: number,
): Centre {
  const schedules = hours === 'always' ? centre.schedules : withOfficeHours(centre.schedules, company, language, nowMs)
  const office = hours === 'always' ? undefined : officeHoursIn(schedules, language)
  const queue: Queue = { ...usual, id: queueId, name, ...(office ? { scheduleId: office.id } : {}) }
  const known = new Map<UserId, Agent>(centre.agents.map((agent) => [agent.userId, agent]))
  for (const userId of userIds) {
    const agent = known.get(userId) ?? newAgent(userId)
    known.set(userId, { ...agent, queues: [...agent.queues, { queueId }] })
  }
  return {
    ...centre,
    queues: [...centre.queues, queue],
    agents: [...known.values()],
    schedules,
    reasons: centre.reasons.length > 0 ? centre.reasons : usualReasons(language, nowMs),
    wrapUpCodes: centre.wrapUpCodes.length > 0 ? centre.wrapUpCodes : usualCodes(language, nowMs),
  }
}

function usualReasons(language: Language, nowMs: number): readonly NotReadyReason[] {
  const { lunch, pause, meeting, training } = names[language]
  const reason = (name: string, isWork: boolean, mostMinutes?: number): NotReadyReason => ({
    id: makeId<string>(nowMs),
    name,
    isWork,
    ...(mostMinutes === undefined ? {} : { mostMinutes }),
  })
  return [reason(lunch, false, 60), reason(pause, false, 20), reason(meeting, true), reason(training, true)]
}

function usualCodes(language: Language, nowMs: number): readonly WrapUpCode[] {
  const { solved, passedOn, callAgain, wrongNumber } = names[language]
  return [solved, passedOn, callAgain, wrongNumber].map((name) => ({
    id: makeId<string>(nowMs),
    name,
  }))
}

const officePeriod = { days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00' }

/** Monday to Friday without public holidays, as this makes them; changed ones count as long as they are called so. */
const officeHoursIn = (schedules: readonly Schedule[], language: Language): Schedule | undefined =>
  schedules.find(({ name }) => name === names[language].hours)

function withOfficeHours(
  schedules: readonly Schedule[],
  company: Company,
  language: Language,
  nowMs: number,
): readonly Schedule[] {
  if (officeHoursIn(schedules, language)) return schedules
  return [
    ...schedules,
    {
      id: makeId<string>(nowMs),
      name: names[language].hours,
      open: [officePeriod],
      country: company.country,
      holidayKinds: ['public'],
      ownDays: [],
    },
  ]
}
