import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CompanyId, silentLogger, type UserId } from '@vaxel/base'
import {
  type Alarm,
  type CentreFact,
  CentreFold,
  emptyCentre,
  type LedgerEvent,
  type Mail,
  type OpenAlarm,
  type PushMessage,
  type QueueId,
  type WorkItemId,
} from '@vaxel/core'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { Alarms, alarmValue } from './alarms.ts'

const companyId = 'company' as CompanyId
const queueId = 'queue' as QueueId
const alarm: Alarm = {
  id: 'a',
  name: 'Too many wait',
  queueId,
  figure: 'waiting',
  is: 'over',
  value: 1,
  forSeconds: 3,
  byMail: ['boss@example.com'],
  byPush: true,
}

const arrived = (itemId: string, atMs: number): CentreFact => ({
  kind: 'work.arrived',
  atMs,
  itemId: itemId as WorkItemId,
  queueId,
  channel: 'call',
  customer: {},
  priority: 5,
  sinceMs: atMs,
  needs: [],
})
const left = (itemId: string, atMs: number): CentreFact => ({
  kind: 'work.abandoned',
  atMs,
  itemId: itemId as WorkItemId,
  queueId,
  channel: 'call',
  waitedMs: 0,
  isShort: false,
})

function world(alarms: readonly Alarm[] = [alarm], open: readonly OpenAlarm[] = []) {
  const clock = new VirtualClock()
  const fold = new CentreFold(0, { items: [], agents: [] })
  const events: LedgerEvent[] = []
  const mails: Mail[] = []
  const pushed: PushMessage[] = []
  const centre = { ...emptyCentre, alarms }
  let isBroken = false
  const keep = async (event: LedgerEvent) => {
    if (isBroken) throw new Error('the database is away')
    events.push(event)
  }
  const service = new Alarms({
    clock,
    log: silentLogger,
    directory: {
      company: () => ({ id: companyId, name: 'C', country: 'SE', limits: {}, emergencyNumbers: [] }),
      usersOf: () => [
        { id: 'boss' as UserId, role: 'supervisor', language: 'fr' },
        { id: 'agent' as UserId, role: 'user', language: 'sv' },
      ],
    } as never,
    centres: { published: () => ({ centre }) } as never,
    figures: {
      openAlarms: async () => open,
      alarmBegan: (_, event) => keep(event),
      alarmEnded: (_, __, event) => keep(event),
    },
    mailer: () => ({ queue: async (_, mail) => void mails.push(mail) }),
    push: (_, message) => void pushed.push(message),
    baseUrl: 'https://pbx.example',
  })
  const seconds = async (count: number) => {
    for (let i = 0; i < count; i++) {
      clock.advance(1000)
      service.look(companyId, { fold })
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return {
    fold,
    events,
    mails,
    pushed,
    seconds,
    clock,
    service,
    centre,
    breakDatabase: (is: boolean) => {
      isBroken = is
    },
    kinds: () => events.map(({ kind }) => kind),
  }
}

describe('alarms', () => {
  it('are raised once when they have lasted, and cleared once', async () => {
    const { fold, seconds, kinds, mails, pushed, clock } = world()
    await seconds(1)
    fold.see(arrived('1', clock.now()))
    fold.see(arrived('2', clock.now()))
    await seconds(3)
    assert.deepEqual(kinds(), [])
    await seconds(10)
    assert.deepEqual(kinds(), ['alarm.raised'])
    fold.see(left('1', clock.now()))
    await seconds(10)
    assert.deepEqual(kinds(), ['alarm.raised', 'alarm.cleared'])
    assert.deepEqual(
      mails.map(({ to, subject }) => [to, subject]),
      [
        ['boss@example.com', 'Larm: Too many wait'],
        ['boss@example.com', 'Över: Too many wait'],
      ],
    )
    assert.match(mails[0]!.text, /https:\/\/pbx\.example\/supervisor/)
    assert.deepEqual(
      pushed.map(({ title, isUrgent }) => [title, isUrgent]),
      [
        ['Alarme : Too many wait', true],
        ['Fin d’alarme : Too many wait', false],
      ],
    )
  })

  it('say nothing of a figure that trembles at its limit', async () => {
    const { fold, seconds, kinds, clock } = world()
    fold.see(arrived('1', clock.now()))
    await seconds(1)
    for (let i = 0; i < 10; i++) {
      fold.see(arrived(`t${i}`, clock.now()))
      await seconds(2)
      fold.see(left(`t${i}`, clock.now()))
      await seconds(2)
    }
    assert.deepEqual(kinds(), [])
  })

  it('go on over a restart, and end when nobody watches any more', async () => {
    const open = { companyId, alarmId: 'a', sinceMs: 5, value: 4 }
    const going = world([alarm], [open])
    going.fold.see(arrived('1', going.clock.now()))
    going.fold.see(arrived('2', going.clock.now()))
    await going.seconds(10)
    assert.deepEqual(going.kinds(), [])
    assert.equal(going.service.open(companyId)[0]?.value, 4)
    const removed = world([], [open])
    await removed.seconds(2)
    assert.deepEqual(removed.kinds(), ['alarm.cleared'])
    assert.deepEqual(removed.mails, [])
  })

  it('are tried again when the database was away', async () => {
    const { fold, seconds, kinds, clock, breakDatabase, mails } = world()
    fold.see(arrived('1', clock.now()))
    fold.see(arrived('2', clock.now()))
    breakDatabase(true)
    await seconds(10)
    assert.deepEqual([kinds(), mails], [[], []])
    breakDatabase(false)
    await seconds(2)
    assert.deepEqual([kinds(), mails.length], [['alarm.raised'], 1])
  })

  it('watch what they are told to', () => {
    const { fold } = world()
    const value = (figure: Alarm['figure'], of: Partial<Alarm> = {}) =>
      alarmValue(
        { ...alarm, figure, ...of },
        { agents: [{ userId: 'x', queues: [{ queueId }] }] } as never,
        fold,
        10_000,
      )
    assert.equal(value('serviceLevelToday'), undefined, 'nothing is wrong with nothing')
    fold.see(arrived('1', 4000))
    fold.see({ kind: 'agent.stateChanged', atMs: 0, agentId: 'x' as UserId, from: 'loggedOff', forMs: 0, to: 'ready' })
    assert.equal(value('longestWaitSeconds'), 6)
    assert.equal(value('waiting', { queueId: 'other' as QueueId }), 0)
    assert.deepEqual([value('agentsReady'), value('agentsLoggedIn')], [1, 1])
    assert.equal(value('agentsReady', { queueId: 'other' as QueueId }), 0)
    fold.see(left('1', 5000))
    assert.deepEqual([value('serviceLevelToday'), value('missedOffers')], [0, 0])
  })
})
