import type { UserId } from '@vaxel/base'
import {
  type Agent,
  type Centre,
  defaultCapacity,
  type ChatSiteId,
  emptyCentre,
  type CentreMailbox,
  type Queue,
  type QueueId,
  type SkillId,
  type CentreWebsite,
} from './centre.ts'
import type { MailAccountId } from '../ports/mail-channel.ts'
import type { CentreSurroundings } from './check/centre-finding.ts'

/** Centres for tests: small, and sound. */
export const sampleQueue = (id: string, more: Partial<Queue> = {}): Queue => ({
  id: id as QueueId,
  name: id,
  channels: ['call'],
  selection: 'longestIdle',
  needs: [],
  priority: 5,
  offerSeconds: 20,
  missedMakesNotReady: true,
  wrapUp: { seconds: 30, needsCode: false },
  serviceLevel: { seconds: 20, percent: 80 },
  shortAbandonSeconds: 5,
  overflow: { closed: { kind: 'goodbye' }, full: { kind: 'goodbye' } },
  voice: { saysPosition: true, saysWait: true, everySeconds: 60 },
  ...more,
})

export const sampleAgent = (id: string, queues: readonly string[], more: Partial<Agent> = {}): Agent => ({
  userId: id as UserId,
  skills: [],
  queues: queues.map((queueId) => ({ queueId: queueId as QueueId })),
  capacity: defaultCapacity,
  line: { kind: 'devices' },
  ...more,
})

export const sampleMailbox = (id: string, more: Partial<CentreMailbox> = {}): CentreMailbox => ({
  id: id as MailAccountId,
  name: id,
  address: `${id}@example.com`,
  aliases: [],
  isOn: true,
  reading: {
    protocol: 'imap',
    server: { host: 'mail.example.com', port: 993, security: 'tls' },
    login: id,
    folder: 'INBOX',
    after: 'read',
    first: 'unread',
    pollSeconds: 60,
    mostBytes: 36_700_160,
  },
  sending: { server: { host: 'mail.example.com', port: 587, security: 'starttls' }, login: id },
  login: { kind: 'password' },
  members: [],
  ...more,
})

export const sampleWebsite = (id: string, queueId: string, more: Partial<CentreWebsite> = {}): CentreWebsite => ({
  id: id as ChatSiteId,
  name: id,
  queueId: queueId as QueueId,
  origins: ['https://shop.example'],
  asks: 'name',
  consent: '',
  greeting: '',
  offersVoice: false,
  keepDays: 30,
  ...more,
})

export const skillId = (id: string): SkillId => id as SkillId

export const sampleCentre: Centre = {
  ...emptyCentre,
  skills: [{ id: skillId('swedish'), name: 'Swedish' }],
  queues: [sampleQueue('support'), sampleQueue('sales')],
  agents: [sampleAgent('anna', ['support', 'sales'], { skills: [{ skillId: skillId('swedish'), level: 7 }] })],
  schedules: [
    { id: 'office', name: 'Office', open: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00' }], ownDays: [] },
  ],
  reasons: [{ id: 'lunch', name: 'Lunch', isWork: false }],
  wrapUpCodes: [{ id: 'done', name: 'Done' }],
  templates: [{ id: 'hello', name: 'Hello', kind: 'mail', subject: 'Re: {subject}', text: 'Dear {customer}' }],
  alarms: [
    {
      id: 'many',
      name: 'Many wait',
      figure: 'waiting',
      is: 'over',
      value: 5,
      forSeconds: 60,
      byMail: [],
      byPush: true,
    },
  ],
  mailboxes: [sampleMailbox('info')],
  websites: [],
  screenPop: { url: 'https://crm.example/find?number={number}', at: 'alerting' },
}

export const sampleSurroundings: CentreSurroundings = {
  userName: (id) => ({ anna: 'Anna Berg', bo: 'Bo Ek' })[id],
  numberReach: (number) => {
    if (number === '300') return { kind: 'queue', queueId: 'support' }
    if (number === '301') return { kind: 'queue', queueId: 'sales' }
    if (number === '112') return { kind: 'emergency' }
    return number.startsWith('2') ? { kind: 'people' } : { kind: number.startsWith('+') ? 'outside' : 'unknown' }
  },
  soundName: (id) => (id === 'tune' ? 'A tune' : undefined),
  hasMessageBox: (number) => number === '300',
  hasSecrets: ({ id }) => id !== 'new',
  isReadElsewhere: ({ reading }) => reading.login === 'taken',
  isIdOfOthers: (_, id) => id === 'of-others',
  queueNumbers: [
    { number: '300', queueId: 'support' },
    { number: '301', queueId: 'sales' },
  ],
}
