import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import type { CallId, CompanyId, DeviceId, LegId, UserId } from '@vaxel/base'
import type { Binding, CallHandling, Directory, LineLeg, Notice, NumberedEvent, PresenceClaim, User } from '@vaxel/core'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { CompanyChanges } from './company-changes.ts'
import { PresenceService } from './presence-service.ts'

const companyId = 'c' as CompanyId
const [anna, bo] = ['anna', 'bo'] as UserId[] as [UserId, UserId]
const userOf = (id: UserId) => ({ id, companyId }) as User

let clock: VirtualClock
let legs: LineLeg[]
let registered: Map<UserId, Binding[]>
let chosen: Map<UserId, PresenceClaim>
let handling: Map<UserId, CallHandling>
let told: Notice[]
let presence: PresenceService
let say: (...events: Partial<NumberedEvent>[]) => void

const users = new Map([anna, bo].map((id) => [id, userOf(id)]))
const leg = (userId: UserId, phase: LineLeg['phase'], more: Partial<LineLeg> = {}): LineLeg => ({
  id: `leg-${userId}` as LegId,
  callId: 'call' as CallId,
  userId,
  deviceId: 'desk' as DeviceId,
  phase,
  direction: 'recipient',
  sinceMs: clock.now(),
  remote: { number: '299' },
  ...more,
})
const about = (kind: string): Partial<NumberedEvent> => ({ kind, callId: 'call' as CallId, data: {} })
const stateOf = (id: UserId) => `${presence.of(id).state} ${presence.of(id).why}`

beforeEach(() => {
  clock = new VirtualClock()
  legs = []
  registered = new Map([[anna, [{ registeredAtMs: 1 } as Binding]]])
  chosen = new Map()
  handling = new Map()
  told = []
  let listener: (events: readonly NumberedEvent[]) => void = () => {}
  say = (...events) => listener(events as NumberedEvent[])
  const directory = {
    user: (id: UserId) => users.get(id),
    device: () => ({}),
    companies: () => [{ id: companyId }],
    usersOf: () => [...users.values()],
  } as unknown as Directory
  presence = new PresenceService({
    clock,
    directory,
    bindings: { ofUser: (id) => registered.get(id) ?? [] },
    settings: {
      get: (id, kind) => (kind === 'presence' ? chosen.get(id) : handling.get(id)) as never,
    },
    feed: {
      subscribe: (hear) => {
        listener = hear
        return () => {}
      },
    },
    live: {
      ofCall: (callId) => legs.filter((one) => one.callId === callId),
      all: () => (legs.length > 0 ? [{ callId: 'call' as CallId, legs }] : []),
    },
  })
  const changes = new CompanyChanges({ clock, notices: { publish: (notice) => told.push(notice) } })
  presence.start()
  presence.onChange((user, now) => changes.add(user, now))
})

describe('presence of people', () => {
  it('follows a call from ringing to talking to its end, and says since when', () => {
    assert.deepEqual([stateOf(anna), stateOf(bo)], ['available free', 'offline noDevice'])
    legs = [leg(anna, 'ringing')]
    say(about('call.delivered'))
    assert.equal(stateOf(anna), 'ringing ringing')
    clock.advance(3000)
    const answeredAtMs = clock.now()
    legs = [leg(anna, 'talking')]
    say(about('call.established'))
    assert.equal(stateOf(anna), 'busy call.phone')
    assert.equal(presence.of(anna).sinceMs, answeredAtMs)
    clock.advance(1000)
    legs = []
    say(about('call.ended'))
    assert.deepEqual(presence.of(anna), { state: 'available', why: 'free', sinceMs: clock.now() })
  })

  it('tells a company at most four times a second, all that changed at once', () => {
    for (let i = 0; i < 50; i++) {
      chosen.set(anna, { state: i % 2 ? 'away' : 'busy', sinceMs: i })
      chosen.set(bo, { state: i % 2 ? 'away' : 'busy', sinceMs: i })
      presence.refresh(anna)
      presence.refresh(bo)
      clock.advance(20)
    }
    assert.ok(told.length <= 5, `${told.length} notices`)
    assert.deepEqual((told[1]!.data.people as { id: string }[]).map(({ id }) => id).sort(), [anna, bo])
  })

  it('is right again within ten seconds when every event is lost: calls begun, calls ended, devices gone', () => {
    legs = [leg(anna, 'talking'), leg(bo, 'ringing')]
    clock.advance(10_000)
    assert.deepEqual([stateOf(anna), stateOf(bo)], ['busy call.phone', 'ringing ringing'])
    legs = []
    registered = new Map([[bo, [{ registeredAtMs: 1 } as Binding]]])
    clock.advance(10_000)
    assert.deepEqual([stateOf(anna), stateOf(bo)], ['offline noDevice', 'available free'])
  })

  it('lets a choice end by itself at its time', () => {
    chosen.set(anna, { state: 'away', sinceMs: clock.now(), untilMs: clock.now() + 60_000, note: 'Dentist' })
    presence.refresh(anna)
    assert.deepEqual([stateOf(anna), presence.of(anna).note], ['away chosen', 'Dentist'])
    clock.advance(59_999)
    assert.equal(stateOf(anna), 'away chosen')
    clock.advance(1)
    assert.deepEqual([stateOf(anna), presence.of(anna).note], ['available free', undefined])
  })

  it('shows do not disturb of calls, and takes what calendars, Teams and queues say until it ends', () => {
    handling.set(anna, { callWaiting: true, doNotDisturb: { exceptions: [], usesBusyRule: false } })
    say({ kind: 'callHandling.changed', data: { userId: anna } })
    assert.equal(stateOf(anna), 'doNotDisturb callHandling')
    handling.delete(anna)
    say({ kind: 'callHandling.changed', data: { userId: anna } })
    presence.set(anna, 'calendar', { state: 'inMeeting', sinceMs: clock.now(), untilMs: clock.now() + 1000 })
    assert.equal(stateOf(anna), 'inMeeting calendar')
    clock.advance(1000)
    assert.equal(stateOf(anna), 'available free')
  })

  it('leaves no timer behind', () => {
    presence.close()
    clock.advance(1000)
    assert.equal(clock.waiting, 0)
  })
})
