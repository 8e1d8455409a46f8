import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CompanyId, DeviceId, TrunkId, UserId } from '@vaxel/base'
import fc from 'fast-check'
import type { Company, Directory, NumberTarget, Trunk, User } from '../ports/directory.ts'
import type { CallHandling } from '../ports/user-settings.ts'
import { type Diversion, mostDiversions } from './diversion.ts'
import type { PeopleNow } from './people-now.ts'
import { type Route, routeCall, routeForward } from './route-call.ts'

const company: Company = { id: 'c' as CompanyId, name: 'C', country: 'SE', limits: {}, emergencyNumbers: ['112'] }
const names = ['201', '202', '203', '204']
const users: readonly User[] = names.map((name) => ({
  id: `u${name}` as UserId,
  companyId: company.id,
  domain: 'c.test',
  name,
  displayName: name,
  extension: name,
  language: 'en',
  role: 'user',
  limits: {},
  ringSeconds: 20,
}))
const trunk = { id: 't' as TrunkId, companyId: company.id, name: 't', prefixes: ['+', '0'] } as unknown as Trunk
const dialled = fc.constantFrom(...names, '230', '231', '240', '*0100', '600', '299', '+46701740605')
const people = fc.uniqueArray(fc.constantFrom(...users.map(({ id }) => id)), { minLength: 1 })
const overflow = fc.record({ busy: dialled, noAnswer: dialled }, { requiredKeys: [] })
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined })

const group = fc.record(
  {
    kind: fc.constant('group' as const),
    name: fc.constant('G'),
    userIds: people,
    mode: fc.constantFrom('all', 'inOrder', 'longestIdle', 'random'),
    memberSeconds: fc.integer({ min: 5, max: 600 }),
    longestWaitSeconds: fc.integer({ min: 5, max: 3600 }),
    ringsBusy: fc.boolean(),
    overflow,
  },
  { requiredKeys: ['kind', 'name', 'userIds'] },
)
const line = fc.record(
  {
    kind: fc.constant('shared' as const),
    name: fc.constant('L'),
    userIds: people,
    takesSecondCall: fc.boolean(),
    overflow,
  },
  { requiredKeys: ['kind', 'name', 'userIds'] },
)
const forward = fc.record({ to: dialled })
const rule = fc.record({
  name: fc.constant('r'),
  moment: fc.constantFrom('always' as const, 'busy' as const, 'noAnswer' as const, 'unreachable' as const),
  action: fc.oneof(
    fc.record({ kind: fc.constant('forward' as const), to: dialled }),
    fc.constant({ kind: 'ring' as const }),
    fc.constant({ kind: 'refuse' as const }),
  ),
})
const handling: fc.Arbitrary<CallHandling> = fc
  .record({
    rules: fc.array(rule, { maxLength: 3 }),
    always: maybe(forward),
    busy: maybe(forward),
    noAnswer: maybe(fc.record({ to: dialled, afterSeconds: fc.integer({ min: 5, max: 60 }) })),
    unreachable: maybe(forward),
    callWaiting: fc.boolean(),
    doNotDisturb: maybe(fc.record({ exceptions: fc.constant([]), usesBusyRule: fc.boolean() })),
  })
  .map(
    (all) =>
      Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as unknown as CallHandling,
  )
const person = fc.record({
  handling,
  isOnPhone: fc.boolean(),
  isReachable: fc.boolean(),
  isOut: fc.boolean(),
  filter: maybe(
    fc.record({
      isOn: fc.constant(true),
      assistants: people,
      mode: fc.constantFrom('first' as const, 'only' as const, 'together' as const),
      seconds: fc.constant(10),
      allowed: fc.constant({}),
    }),
  ),
  profile: maybe(fc.record({ to: dialled, moment: fc.constantFrom('always' as const, 'noAnswer' as const) })),
})
const world = fc.record({
  people: fc.array(person, { minLength: 4, maxLength: 4 }),
  g230: group,
  g231: group,
  l240: line,
  short: dialled,
  dialled,
  caller: fc.constantFrom(undefined, ...users),
  outcomes: fc.array(fc.constantFrom('busy' as const, 'noAnswer' as const, 'unavailable' as const), {
    minLength: 12,
    maxLength: 12,
  }),
})
type World = typeof world extends fc.Arbitrary<infer W> ? W : never

function questionOf(w: World) {
  const targets = new Map<string, NumberTarget>([
    ...users.map((user) => [user.name, { kind: 'user', userId: user.id }] as const),
    ['230', w.g230 as NumberTarget],
    ['231', w.g231 as NumberTarget],
    ['240', w.l240 as NumberTarget],
    ['600', { kind: 'service', service: 'echo' }],
    ['*0100', { kind: 'short', to: w.short }],
  ])
  const directory = {
    user: (id: UserId) => users.find((user) => user.id === id),
    userByAddress: (_: string, name: string) => users.find((user) => user.name === name),
    number: (_: CompanyId, number: string) => {
      const target = targets.get(number)
      return target && { number, companyId: company.id, target }
    },
    trunksOf: () => [trunk],
  } as Partial<Directory> as Directory
  const of = (id: UserId) => w.people[users.findIndex((user) => user.id === id)]!
  const now: PeopleNow = {
    nowMs: 1,
    handling: (id) => of(id).handling,
    isOnPhone: (id) => of(id).isOnPhone,
    awaitsEmergencyCallBack: () => false,
    isReachable: (id) => of(id).isReachable,
    memberships: (id) => (of(id).isOut ? { loggedOutOf: ['230', '240'] } : undefined),
    filter: (id) => of(id).filter,
    profiles: (id) => {
      const { profile } = of(id)
      if (!profile) return undefined
      const one = { id: 'p', name: 'P', place: 'home' as const, deviceIds: ['d' as DeviceId], forward: profile }
      return { list: [one], active: { id: 'p' } }
    },
  }
  const caller = w.caller
    ? { number: w.caller.name, name: w.caller.name, userId: w.caller.id }
    : { number: '+46701740600' }
  return { directory, company, domain: 'c.test', caller, people: now, seed: 'seed' }
}

/** Follows a call from rule to rule as the machine does, until it ends. @returns the routes on its way */
function follow(w: World): Route[] {
  const question = questionOf(w)
  const from = w.caller ? ({ kind: 'user', user: w.caller } as const) : ({ kind: 'trunk', trunk } as const)
  const routes = [routeCall({ ...question, from, dialled: w.dialled })]
  for (let i = 0; ; i++) {
    const route = routes.at(-1)!
    assert.ok(i <= mostDiversions, 'a call comes to an end')
    if (route.kind !== 'users' || !route.forwards) return routes
    const { diversions } = route.via
    const outcome = w.outcomes[i]!
    const to = route.forwards[outcome]
    if (to === undefined || diversions.length >= mostDiversions) return routes
    const reason = outcome === 'busy' ? 'user-busy' : outcome === 'noAnswer' ? 'no-answer' : 'unavailable'
    routes.push(routeForward({ ...question, diversions }, { ...route.forwards, to, reason }))
  }
}

const isCircle = (diversions: readonly Diversion[]): boolean => {
  const places = diversions.map(({ userId, number }) => userId ?? number)
  return new Set(places).size < places.length
}

describe('rules of any people', () => {
  it('let no call go round in a circle, nor on for ever', () => {
    fc.assert(
      fc.property(world, (w) => {
        for (const route of follow(w)) if (route.kind !== 'refused') assert.ok(!isCircle(route.via.diversions))
      }),
      { numRuns: 400 },
    )
  })

  it('lose no call: it rings at somebody, goes out, reaches a service, or is refused with its reason', () => {
    fc.assert(
      fc.property(world, (w) => {
        const [first, ...onward] = follow(w)
        for (const route of [first!, ...onward]) {
          assert.ok(route.explanation.length > 0)
          if (route.kind === 'users')
            assert.ok(route.rounds.every(({ members, seconds }) => members.length > 0 && seconds > 0))
          if (route.kind === 'refused') assert.ok(route.refusal.text.length > 0)
        }
        const isWrongNumber = ['299', '*0100'].includes(w.dialled) || (w.dialled.startsWith('+') && !w.caller)
        if (first!.kind === 'refused' && !isWrongNumber)
          assert.ok(['USER_BUSY', 'USER_DO_NOT_DISTURB'].includes(first!.refusal.code), first!.refusal.code)
      }),
      { numRuns: 400 },
    )
  })

  it('are decided alike for the same question', () => {
    fc.assert(
      fc.property(world, (w) => assert.deepEqual(follow(w), follow(w))),
      { numRuns: 50 },
    )
  })
})
