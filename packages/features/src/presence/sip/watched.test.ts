import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CallId, CompanyId, LegId, UserId } from '@vaxel/base'
import type { Directory, LineLeg, Presence, User } from '@vaxel/core'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import type { PresenceService } from '../presence-service.ts'
import { NotifyPace } from './notify-pace.ts'
import { watchedPackages } from './watched-packages.ts'

const user = (name: string, company: string, role: User['role'] = 'user'): User =>
  ({ id: name as UserId, companyId: company as CompanyId, name, domain: `${company}.test`, role }) as User
const [anna, bo, boss, stranger] = [
  user('201', 'one'),
  user('202', 'one'),
  user('203', 'one', 'attendant'),
  user('301', 'two', 'administrator'),
] as [User, User, User, User]
const users = new Map([anna, bo, boss, stranger].map((one) => [one.id, one]))
const leg: LineLeg = {
  id: 'leg' as LegId,
  callId: 'call' as CallId,
  userId: anna.id,
  phase: 'talking',
  direction: 'recipient',
  sinceMs: 0,
  remote: { number: '+46701740605', name: 'Customer' },
}

function setUp() {
  const clock = new VirtualClock(7000)
  let legs: readonly LineLeg[] = []
  let onLine: Parameters<PresenceService['onLine']>[0] = () => {}
  const told: string[] = []
  const watched = watchedPackages({
    clock,
    directory: {
      user: (id: UserId) => users.get(id),
      domainsOf: () => [{ name: 'one.test' }],
      number: (company: string, number: string) =>
        company === 'one' && number === '240'
          ? { number, target: { kind: 'shared', name: 'Reception', userIds: [anna.id, boss.id] } }
          : undefined,
    } as unknown as Directory,
    presence: {
      of: (): Presence => ({ state: 'busy', why: 'call.phone' }),
      legsOf: () => legs,
      onLine: (listener: typeof onLine) => {
        onLine = listener
        return () => {}
      },
      onChange: () => () => {},
    } as unknown as PresenceService,
    mailbox: () => ({ newMessages: 2, oldMessages: 1 }),
    tell: (name, resource) => told.push(`${name} ${resource}`),
  })
  const [dialog, presence, messages] = watched.packages
  const textOf = (of: typeof dialog, watcher: User, target: User) => {
    const resource = of!.resourceOf(watcher, target)
    const body = resource === undefined ? undefined : of!.package.body(resource, { version: 0, contentType: 'x' })
    return body && new TextDecoder().decode(body.bytes)
  }
  const change = (now: readonly LineLeg[]) => {
    const before = legs
    legs = now
    onLine(anna, before, now)
  }
  return { clock, told, change, dialog, presence, messages, textOf }
}

describe('what telephones may watch', () => {
  it('is a lamp for colleagues, with the other side for those who answer for others', () => {
    const { change, dialog, textOf, told } = setUp()
    change([leg])
    assert.match(textOf(dialog, bo, anna)!, /<state>confirmed<\/state>\n<duration>7<\/duration>/)
    assert.doesNotMatch(textOf(dialog, bo, anna)!, /Customer|46701740605/)
    assert.match(textOf(dialog, boss, anna)!, /display="Customer">sip:\+46701740605@one.test/)
    assert.match(textOf(dialog, anna, anna)!, /Customer/)
    assert.deepEqual(told, ['dialog 201', 'dialog 201 remote'])
  })

  it('is nothing at all for another company, and a mailbox for its owner alone', () => {
    const { dialog, presence, messages, textOf } = setUp()
    for (const one of [dialog, presence, messages]) assert.equal(textOf(one, stranger, anna), undefined)
    assert.equal(textOf(messages, boss, anna), undefined)
    assert.match(textOf(messages, anna, anna)!, /Messages-Waiting: yes\r\n[\s\S]*Voice-Message: 2\/1/)
    assert.match(textOf(presence, bo, anna)!, /<rpid:on-the-phone\/>/)
  })

  it('tells the end of a dialog for five seconds', () => {
    const { clock, change, dialog, textOf } = setUp()
    change([leg])
    change([])
    assert.match(textOf(dialog, bo, anna)!, /<state>terminated<\/state>/)
    clock.advance(5000)
    assert.doesNotMatch(textOf(dialog, bo, anna)!, /<state>/)
  })
})

describe('a line of several people', () => {
  it('is one lamp for all its devices: the same call at whoever has it, and its end', () => {
    const { change, clock, dialog, told } = setUp()
    const onLine = { ...leg, line: '240' }
    change([{ ...onLine, phase: 'ringing' }])
    const lineOf = (watcher: User) => {
      const resource = dialog!.resourceOfNumber?.(watcher, '240')
      const body = resource === undefined ? undefined : dialog!.package.body(resource, { version: 0, contentType: 'x' })
      return body && new TextDecoder().decode(body.bytes)
    }
    assert.match(lineOf(anna)!, /entity="sip:240@one.test"[\s\S]*id="call"[\s\S]*<state>early<\/state>[\s\S]*Customer/)
    change([onLine])
    assert.equal(lineOf(boss)!.match(/<dialog /g)?.length, 1, 'one call, though two people have legs of it')
    assert.match(lineOf(boss)!, /<state>confirmed<\/state>/)
    change([{ ...onLine, isHeld: true }])
    assert.match(lineOf(bo)!, /<target uri="sip:240@one.test"><param pname="\+sip.rendering" pval="no"\/>/)
    change([onLine])
    assert.doesNotMatch(lineOf(bo)!, /rendering/)
    assert.doesNotMatch(lineOf(bo)!, /Customer/, 'who is not of the line sees the lamp alone')
    assert.equal(lineOf(stranger), undefined)
    assert.ok(told.includes('dialog line one 240') && told.includes('dialog line one 240 remote'))
    change([])
    assert.match(lineOf(anna)!, /<state>terminated<\/state>/)
    clock.advance(5000)
    assert.doesNotMatch(lineOf(anna)!, /<state>/)
  })
})

describe('the pace of NOTIFYs', () => {
  it('lets some through at once, then one in each interval, and never loses the last', () => {
    const clock = new VirtualClock()
    const told: number[] = []
    const pace = new NotifyPace({ clock, burst: 2, everyMs: 1000, tell: () => told.push(clock.monotonicMs()) })
    for (let i = 0; i < 25; i++) {
      pace.changed('a')
      clock.advance(100)
    }
    clock.advance(10_000)
    assert.deepEqual(told, [0, 100, 1000, 2000, 3000])
    assert.equal(clock.waiting, 0)
  })
})
