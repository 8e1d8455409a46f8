import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { UserId } from '@vaxel/base'
import type { Agent, Alarm, Centre, CentreMailbox, OverflowTarget, Queue, QueueId, Schedule } from '../centre.ts'
import { mostSkills } from '../centre.ts'
import { withThing } from '../centre-things.ts'
import {
  sampleAgent,
  sampleCentre,
  sampleMailbox,
  sampleQueue,
  sampleSurroundings as around,
  sampleWebsite,
  skillId,
} from '../sample-centre.ts'
import { centreWords, sayCentreFinding } from '../words/say-centre.ts'
import type { CentreFindingCode } from './centre-finding.ts'
import { checkCentre, isPublishable } from './check-centre.ts'

const queue = (more: Partial<Queue>): Centre => withThing(sampleCentre, 'queues', sampleQueue('support', more))
const anna = (more: Partial<Agent>): Centre =>
  withThing(sampleCentre, 'agents', { ...sampleCentre.agents[0]!, ...more })
const office = (more: Partial<Schedule>): Centre =>
  withThing(sampleCentre, 'schedules', { ...sampleCentre.schedules[0]!, ...more })
const alarm = (more: Partial<Alarm>): Centre =>
  withThing(sampleCentre, 'alarms', { ...sampleCentre.alarms[0]!, ...more })
const info = (more: Partial<CentreMailbox>): Centre =>
  withThing(sampleCentre, 'mailboxes', { ...sampleCentre.mailboxes[0]!, ...more })
const reading = (more: Partial<CentreMailbox['reading']>): Partial<CentreMailbox> => ({
  reading: { ...sampleMailbox('info').reading, ...more },
})
const shop = (queueId: string): Centre => withThing(sampleCentre, 'websites', sampleWebsite('shop', queueId))
const pop = (url: string): Centre => ({ ...sampleCentre, screenPop: { url, at: 'alerting' } })
const voice = sampleQueue('x').voice
const goodbye: OverflowTarget = { kind: 'goodbye' }
const to = (queueId: string): OverflowTarget => ({ kind: 'queue', queueId: queueId as QueueId })
const overflow = (more: Partial<Queue['overflow']>): Partial<Queue> => ({
  overflow: { closed: goodbye, full: goodbye, ...more },
})
const swedish = skillId('swedish')

/** A centre with one thing the matter, and its severity. */
const cases: readonly (readonly [CentreFindingCode, 'error' | 'warning', Centre])[] = [
  [
    'id-twice',
    'error',
    { ...sampleCentre, reasons: [...sampleCentre.reasons, { id: 'lunch', name: 'X', isWork: true }] },
  ],
  ['name-blank', 'error', withThing(sampleCentre, 'wrapUpCodes', { id: 'blank', name: '  ' })],
  ['name-twice', 'error', withThing(sampleCentre, 'queues', sampleQueue('sales', { name: 'SUPPORT ' }))],
  [
    'too-many',
    'error',
    {
      ...sampleCentre,
      agents: [sampleAgent('anna', ['support', 'sales'])],
      skills: Array.from({ length: mostSkills + 1 }, (_, i) => ({ id: skillId(`s${i}`), name: `s${i}` })),
    },
  ],
  ['no-channel', 'error', queue({ channels: [] })],
  ['skill-unknown', 'error', queue({ needs: [{ skillId: skillId('x'), level: 0 }] })],
  ['skill-unknown', 'error', anna({ skills: [{ skillId: skillId('x'), level: 3 }] })],
  [
    'skill-twice',
    'error',
    anna({
      skills: [
        { skillId: swedish, level: 3 },
        { skillId: swedish, level: 4 },
      ],
    }),
  ],
  ['relax-order', 'error', queue({ needs: [{ skillId: swedish, level: 5, relax: [{ afterSeconds: 60, level: 6 }] }] })],
  ['schedule-unknown', 'error', queue({ scheduleId: 'x' })],
  ['schedule-unknown', 'error', anna({ scheduleId: 'x' })],
  ['code-unknown', 'error', queue({ wrapUp: { seconds: 30, needsCode: false, codeIds: ['x'] } })],
  ['codes-missing', 'error', queue({ wrapUp: { seconds: 30, needsCode: true, codeIds: [] } })],
  ['code-without-time', 'error', queue({ wrapUp: { seconds: 0, needsCode: true } })],
  ['no-agents', 'warning', anna({ queues: [{ queueId: 'sales' as QueueId }] })],
  ['nobody-able', 'error', queue({ needs: [{ skillId: swedish, level: 9, relax: [{ afterSeconds: 60, level: 8 }] }] })],
  [
    'nobody-has-room',
    'warning',
    withThing(queue({ channels: ['call', 'chat'] }), 'agents', {
      ...sampleCentre.agents[0]!,
      capacity: { ...sampleCentre.agents[0]!.capacity, chat: 0 },
    }),
  ],
  [
    'no-number',
    'warning',
    withThing(
      anna({ queues: [...sampleCentre.agents[0]!.queues, { queueId: 'new' as QueueId }] }),
      'queues',
      sampleQueue('new'),
    ),
  ],
  [
    'number-left-over',
    'error',
    { ...anna({ queues: [{ queueId: 'support' as QueueId }] }), queues: [sampleQueue('support')] },
  ],
  ['offer-short', 'warning', queue({ offerSeconds: 5 })],
  ['level-after-overflow', 'warning', queue(overflow({ tooLong: { afterSeconds: 10, to: goodbye } }))],
  ['too-long-when', 'error', queue(overflow({ tooLong: { to: goodbye } }))],
  ['overflow-unknown', 'error', queue(overflow({ closed: to('x') }))],
  ['overflow-itself', 'error', queue(overflow({ full: to('support') }))],
  [
    'overflow-circle',
    'error',
    withThing(
      queue(overflow({ closed: to('sales') })),
      'queues',
      sampleQueue('sales', overflow({ noAgents: { kind: 'number', number: '300' } })),
    ),
  ],
  [
    'overflow-to-and-fro',
    'warning',
    withThing(
      queue(overflow({ closed: to('sales') })),
      'queues',
      sampleQueue('sales', overflow({ tooLong: { afterSeconds: 90, to: to('support') } })),
    ),
  ],
  ['number-unknown', 'error', queue(overflow({ full: { kind: 'number', number: '999' } }))],
  ['number-unknown', 'error', anna({ line: { kind: 'number', number: '999', isKept: false } })],
  ['number-emergency', 'error', queue({ voice: { ...voice, keys: { 3: { kind: 'number', number: '112' } } } })],
  ['number-comes-back', 'error', queue(overflow({ full: { kind: 'number', number: '300' } }))],
  ['message-without-mailbox', 'error', queue(overflow({ closed: { kind: 'message' } }))],
  ['message-without-mailbox', 'error', queue({ voice: { ...voice, messageAfterSeconds: 60 } })],
  ['mailbox-unknown', 'error', queue({ mailboxNumber: '999' })],
  ['sound-unknown', 'error', queue({ voice: { ...voice, musicSoundId: 'x' } })],
  [
    'key-taken',
    'error',
    queue({ channels: ['call', 'callBack'], voice: { ...voice, callBackAfterSeconds: 60, keys: { 1: goodbye } } }),
  ],
  ['call-backs-not-taken', 'warning', queue({ voice: { ...voice, callBackAfterSeconds: 60 } })],
  ['mail-without-account', 'warning', queue({ channels: ['call', 'mail'] })],
  ['mail-account-unknown', 'error', queue({ mailboxId: 'x' })],
  ['agent-gone', 'warning', withThing(sampleCentre, 'agents', sampleAgent('gone', ['support']))],
  ['agent-queue-unknown', 'error', anna({ queues: [...sampleCentre.agents[0]!.queues, { queueId: 'x' as QueueId }] })],
  [
    'agent-queue-twice',
    'error',
    anna({ queues: [...sampleCentre.agents[0]!.queues, { queueId: 'sales' as QueueId }] }),
  ],
  ['agent-no-queue', 'warning', withThing(sampleCentre, 'agents', sampleAgent('bo', []))],
  ['agent-number-of-queue', 'error', anna({ line: { kind: 'number', number: '301', isKept: true } })],
  ['no-reasons', 'warning', { ...sampleCentre, reasons: [] }],
  ['never-open', 'error', office({ open: [{ days: [], from: '08:00', to: '17:00' }] })],
  [
    'period-without-days',
    'warning',
    office({ open: [...sampleCentre.schedules[0]!.open, { days: [], from: '08:00', to: '17:00' }] }),
  ],
  ['country-missing', 'warning', office({ holidayKinds: ['public'] })],
  ['country-unknown', 'error', office({ country: 'XX' })],
  ['region-unknown', 'error', office({ country: 'SE', region: 'XX' })],
  ['day-impossible', 'error', office({ ownDays: [{ day: '02-30', name: 'no day' }] })],
  [
    'template-field',
    'warning',
    withThing(sampleCentre, 'templates', { id: 't', name: 'T', kind: 'chat', text: 'Hi {custommer}' }),
  ],
  [
    'template-subject',
    'warning',
    withThing(sampleCentre, 'templates', { id: 't', name: 'T', kind: 'mail', text: 'Hi' }),
  ],
  ['queue-unknown', 'error', alarm({ queueId: 'x' as QueueId })],
  ['alarm-to-nobody', 'error', alarm({ byPush: false })],
  ['alarm-share', 'error', alarm({ figure: 'serviceLevelToday', is: 'under', value: 101 })],
  ['alarm-never', 'error', alarm({ is: 'under', value: 0 })],
  [
    'id-of-others',
    'error',
    withThing(queue({ channels: ['call', 'chat'] }), 'websites', sampleWebsite('of-others', 'support')),
  ],
  ['mailbox-queue-unknown', 'error', info({ queueId: 'x' })],
  ['mailbox-queue-no-mail', 'error', info({ queueId: 'support' })],
  ['mailbox-pop3-after', 'error', info(reading({ protocol: 'pop3' }))],
  ['mailbox-move-missing', 'error', info(reading({ after: 'move' }))],
  ['mailbox-move-same', 'error', info(reading({ after: 'move', moveTo: 'INBOX' }))],
  ['mailbox-login-sign', 'error', info(reading({ login: 'in\u0000fo' }))],
  ['mailbox-token-address', 'error', info({ login: { kind: 'oauth', tokenUrl: 'http://token.example/' } })],
  ['mailbox-member-gone', 'warning', info({ members: ['gone' as UserId] })],
  ['mailbox-twice', 'error', withThing(sampleCentre, 'mailboxes', sampleMailbox('other', reading({})))],
  ['mailbox-read-elsewhere', 'error', info(reading({ login: 'taken' }))],
  ['mailbox-no-password', 'warning', withThing(sampleCentre, 'mailboxes', sampleMailbox('new'))],
  [
    'mailbox-no-token',
    'warning',
    withThing(sampleCentre, 'mailboxes', sampleMailbox('new', { login: { kind: 'oauth' } })),
  ],
  ['website-queue-unknown', 'error', shop('x')],
  ['website-queue-no-chat', 'error', shop('support')],
  ['pop-address', 'error', pop('javascript:alert(1)')],
  ['pop-host', 'error', pop('https://{number}.example/')],
  ['pop-field', 'warning', pop('https://crm.example/{number}/{phone}')],
  ['pop-without-field', 'warning', pop('https://crm.example/')],
]

describe('the check of a centre', () => {
  it('finds nothing in one that is sound', () => {
    assert.deepEqual(checkCentre(sampleCentre, around), [])
  })

  for (const [code, severity, centre] of cases)
    it(`finds ${code} and nothing else, and says so in every language`, () => {
      const findings = checkCentre(centre, around)
      assert.deepEqual(
        [...new Set(findings.map((finding) => `${finding.severity} ${finding.code}`))],
        [`${severity} ${code}`],
      )
      assert.equal(isPublishable(findings), severity === 'warning')
      for (const language of ['en', 'sv', 'fr'] as const) {
        const text = sayCentreFinding(findings[0]!, language)
        assert.match(text, /[.?]$/)
        assert.doesNotMatch(text, /undefined/)
      }
    })

  it('knows an example of everything that it finds', () => {
    assert.deepEqual(
      [...new Set(cases.map(([code]) => code))].toSorted(),
      Object.keys(centreWords.en.findings).toSorted(),
    )
  })

  it('says where in a mailbox it is, and counts one that leads to a queue as its mail account', () => {
    const centre = withThing(queue({ channels: ['call', 'mail'] }), 'mailboxes', {
      ...sampleMailbox('info', { queueId: 'support' }),
      ...reading({ protocol: 'pop3', after: 'move' }),
    })
    assert.deepEqual(
      checkCentre(centre, around).map(({ code, at }) => [code, at]),
      [
        ['mailbox-pop3-after', '/reading/after'],
        ['mailbox-move-missing', '/reading/moveTo'],
      ],
    )
  })

  it('finds everything at once, errors first', () => {
    const centre = withThing(queue({ offerSeconds: 5, scheduleId: 'x' }), 'agents', sampleAgent('gone', ['support']))
    assert.deepEqual(
      checkCentre(centre, around).map(({ code }) => code),
      ['schedule-unknown', 'offer-short', 'agent-gone'],
    )
  })

  it('takes a centre as large as may be within two seconds', () => {
    const skills = Array.from({ length: 500 }, (_, i) => ({ id: skillId(`s${i}`), name: `s${i}` }))
    const queues = Array.from({ length: 500 }, (_, i) =>
      sampleQueue(`q${i}`, { needs: [{ skillId: skillId(`s${i}`), level: 1 }] }),
    )
    const agents = Array.from({ length: 10_000 }, (_, i) =>
      sampleAgent(`a${i}`, [`q${i % 500}`, `q${(i + 1) % 500}`], {
        skills: [{ skillId: skillId(`s${i % 500}`), level: 5 }],
      }),
    )
    const centre = { ...sampleCentre, skills, queues, agents }
    const numbers = queues.map(({ id }, i) => ({ number: String(1000 + i), queueId: id }))
    assert.deepEqual(checkCentre(centre, { ...around, userName: (id) => id, queueNumbers: numbers }), [])
  })
})
