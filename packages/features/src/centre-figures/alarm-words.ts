import type { Alarm, Language } from '@vaxel/core'

interface AlarmWords {
  readonly all: string
  readonly figures: Readonly<Record<Alarm['figure'], string>>
  value(figure: Alarm['figure'], value: number): string
  began(of: { name: string; queue: string; figure: string; is: Alarm['is']; value: string; limit: string }): string
  ended(of: { name: string; queue: string; figure: string; value: string }): string
  subjectBegan(name: string): string
  subjectEnded(name: string): string
  readonly look: string
}

const minutes = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`

const valueIn =
  (percent: string) =>
  (figure: Alarm['figure'], value: number): string =>
    figure === 'longestWaitSeconds'
      ? minutes(value)
      : figure === 'serviceLevelToday'
        ? `${Math.round(value)}${percent}`
        : String(Math.round(value))

/** What alarms say in mails and on locked screens. */
export const alarmWords: Readonly<Record<Language, AlarmWords>> = {
  en: {
    all: 'all queues',
    figures: {
      waiting: 'customers waiting',
      longestWaitSeconds: 'longest wait',
      serviceLevelToday: 'service level today',
      agentsReady: 'agents ready',
      agentsLoggedIn: 'agents logged in',
      missedOffers: 'missed offers today',
    },
    value: valueIn('%'),
    began: ({ queue, figure, is, value, limit }) =>
      `${queue}: ${figure} is ${value} (${is === 'over' ? 'over' : 'under'} ${limit}).`,
    ended: ({ queue, figure, value }) => `${queue}: ${figure} is ${value} again.`,
    subjectBegan: (name) => `Alarm: ${name}`,
    subjectEnded: (name) => `Over: ${name}`,
    look: 'See the wallboard:',
  },
  sv: {
    all: 'alla köer',
    figures: {
      waiting: 'antal väntande',
      longestWaitSeconds: 'längsta väntetiden',
      serviceLevelToday: 'dagens servicenivå',
      agentsReady: 'antal redo agenter',
      agentsLoggedIn: 'antal inloggade agenter',
      missedOffers: 'antal missade erbjudanden idag',
    },
    value: valueIn(' %'),
    began: ({ queue, figure, is, value, limit }) =>
      `${queue}: ${figure} är ${value} (${is === 'over' ? 'över' : 'under'} ${limit}).`,
    ended: ({ queue, figure, value }) => `${queue}: ${figure} är åter ${value}.`,
    subjectBegan: (name) => `Larm: ${name}`,
    subjectEnded: (name) => `Över: ${name}`,
    look: 'Se tavlan:',
  },
  fr: {
    all: 'toutes les files',
    figures: {
      waiting: 'clients en attente',
      longestWaitSeconds: 'plus longue attente',
      serviceLevelToday: 'niveau de service du jour',
      agentsReady: 'agents prêts',
      agentsLoggedIn: 'agents connectés',
      missedOffers: 'offres manquées aujourd’hui',
    },
    value: valueIn(' %'),
    began: ({ queue, figure, is, value, limit }) =>
      `${queue} : ${figure}, ${value} (${is === 'over' ? 'au-dessus' : 'au-dessous'} de ${limit}).`,
    ended: ({ queue, figure, value }) => `${queue} : ${figure}, ${value} à nouveau.`,
    subjectBegan: (name) => `Alarme : ${name}`,
    subjectEnded: (name) => `Fin d’alarme : ${name}`,
    look: 'Voir le tableau :',
  },
}
