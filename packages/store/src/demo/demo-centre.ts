import type { UserId } from '@vaxel/base'
import {
  type Agent,
  type Centre,
  defaultCapacity,
  emptyCentre,
  type Language,
  type QueueId,
  type SkillId,
} from '@vaxel/core'

const queueId = 'customer-service' as QueueId
const skillOf: Readonly<Record<Language, SkillId>> = {
  sv: 'svenska' as SkillId,
  en: 'english' as SkillId,
  fr: 'francais' as SkillId,
}
/** How well somebody speaks the languages that are not their own. */
const otherLevel = 5

/** The demo's queue on 300, always open, and everything that belongs to it. @param agents who answer, each in their own language best */
export function demoCentre(agents: readonly { readonly id: UserId; readonly language: Language }[]): Centre {
  return {
    ...emptyCentre,
    skills: [
      { id: skillOf.sv, name: 'Svenska' },
      { id: skillOf.en, name: 'English' },
      { id: skillOf.fr, name: 'Français' },
    ],
    queues: [
      {
        id: queueId,
        name: 'Customer service',
        channels: ['call', 'callBack'],
        selection: 'longestIdle',
        needs: [],
        priority: 5,
        agesEverySeconds: 120,
        offerSeconds: 20,
        missedMakesNotReady: true,
        wrapUp: { seconds: 30, needsCode: false },
        serviceLevel: { seconds: 20, percent: 80 },
        shortAbandonSeconds: 5,
        mostWaiting: 50,
        overflow: { closed: { kind: 'goodbye' }, full: { kind: 'goodbye' } },
        voice: { saysPosition: true, saysWait: true, everySeconds: 45, callBackAfterSeconds: 30 },
      },
    ],
    agents: agents.map(agentOf),
    schedules: [
      {
        id: 'office',
        name: 'Office hours',
        open: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00' }],
        country: 'SE',
        holidayKinds: ['public'],
        ownDays: [],
      },
    ],
    reasons: [
      { id: 'lunch', name: 'Lunch', mostMinutes: 60, isWork: false },
      { id: 'break', name: 'Break', mostMinutes: 20, isWork: false },
      { id: 'meeting', name: 'Meeting', isWork: true },
      { id: 'training', name: 'Training', isWork: true },
    ],
    wrapUpCodes: [
      { id: 'solved', name: 'Solved' },
      { id: 'passed-on', name: 'Passed on' },
      { id: 'call-again', name: 'To be called again' },
      { id: 'wrong-number', name: 'Wrong number' },
    ],
    templates: [
      {
        id: 'greeting',
        name: 'Greeting',
        kind: 'knowledge',
        text: '{company}, my name is {agent}. How can I help you, {customer}?',
      },
    ],
    alarms: [
      {
        id: 'many-wait',
        name: 'More than five wait',
        queueId,
        figure: 'waiting',
        is: 'over',
        value: 5,
        forSeconds: 60,
        byMail: [],
        byPush: true,
      },
    ],
  }
}

const agentOf = ({ id, language }: { readonly id: UserId; readonly language: Language }): Agent => ({
  userId: id,
  skills: (['sv', 'en', 'fr'] as const)
    .filter((each) => each === language || each === 'en')
    .map((each) => ({ skillId: skillOf[each], level: each === language ? 10 : otherLevel })),
  queues: [{ queueId }],
  capacity: defaultCapacity,
  line: { kind: 'devices' },
})
