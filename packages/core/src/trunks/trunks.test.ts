import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CompanyId, TrunkId } from '@vaxel/base'
import type { Trunk, TrunkTarget } from '../ports/trunk.ts'
import { trunkLimit } from './channels.ts'
import { orderTargets, targetName } from './order-targets.ts'
import { backOffMs, refreshAfterMs, registerVerdict } from './registration.ts'
import { shownNumber } from './shown-number.ts'
import { faultOfAnswer, nextCheckMs, seen } from './target-health.ts'
import { withoutPasswords, withPasswordsOf } from './without-passwords.ts'

const target = (host: string, more: Partial<TrunkTarget> = {}): TrunkTarget => ({ host, protocol: 'udp', ...more })
const hosts = (targets: readonly TrunkTarget[]) => targets.map(({ host }) => host).join(' ')

describe('targets of a trunk', () => {
  const [a, b, c] = [target('a'), target('b'), target('c')]

  it('are asked in their order, and those that are down last', () => {
    assert.equal(hosts(orderTargets([a, b, c], () => false, Math.random)), 'a b c')
    assert.equal(hosts(orderTargets([a, b, c], ({ host }) => host !== 'c', Math.random)), 'c a b')
  })

  it('are asked by priority where they have one', () => {
    const targets = [target('a', { priority: 20 }), target('b', { priority: 10 }), target('c', { priority: 30 })]
    assert.equal(hosts(orderTargets(targets, () => false, Math.random)), 'b a c')
  })

  it('of the same priority share calls by weight (RFC 2782)', () => {
    const targets = [target('a', { priority: 1, weight: 3 }), target('b', { priority: 1, weight: 1 })]
    const points = Array.from({ length: 100 }, (_, i) => i / 100)
    const first = points.map(
      (point) =>
        orderTargets(
          targets,
          () => false,
          () => point,
        )[0]!.host,
    )
    assert.equal(first.filter((host) => host === 'a').length, 75)
  })

  it('have names that can be told apart', () => {
    assert.equal(targetName(target('2001:db8::1', { port: 5061, protocol: 'tls' })), 'tls:[2001:db8::1]:5061')
  })
})

describe('the health of a target', () => {
  it('any answer but a few shows that somebody is there', () => {
    assert.equal(faultOfAnswer(200, 'OK', undefined), undefined)
    assert.equal(faultOfAnswer(404, 'Not Found', undefined), undefined)
    assert.deepEqual(faultOfAnswer(503, 'Away', undefined), { kind: 'refused', status: 503, text: 'Away' })
    assert.deepEqual(faultOfAnswer(404, 'No', { deadStatuses: [404] }), { kind: 'refused', status: 404, text: 'No' })
    assert.equal(faultOfAnswer(503, 'Away', { deadStatuses: [404] }), undefined)
  })

  it('is news when it turns, and keeps since when', () => {
    const up = seen(undefined, undefined, 1000, 12)
    assert.deepEqual(up, { isNews: true, health: { state: 'up', sinceMs: 1000, checkedAtMs: 1000, roundTripMs: 12 } })
    assert.deepEqual(seen(up.health, undefined, 2000).health.sinceMs, 1000)
    const down = seen(up.health, { kind: 'silent' }, 3000)
    assert.deepEqual([down.isNews, down.health.sinceMs], [true, 3000])
    assert.equal(seen(down.health, { kind: 'silent' }, 4000).isNews, false)
  })

  it('is looked at more often while it is down, and never where none is wanted', () => {
    const middle = () => 0.5
    assert.equal(nextCheckMs(undefined, 'up', middle), 60_000)
    assert.equal(nextCheckMs(undefined, 'down', middle), 10_000)
    assert.equal(nextCheckMs({ intervalSeconds: 5 }, 'down', middle), 5_000)
    assert.equal(nextCheckMs({ intervalSeconds: 0 }, 'down', middle), undefined)
  })
})

describe('a registration', () => {
  const answer = (status: number, more = {}) => registerVerdict({ status, reason: 'why', ...more })

  it('reads what the registrar answers (RFC 3261 §10.3)', () => {
    assert.deepEqual(answer(200, { expiresSeconds: 300 }), { kind: 'registered', expiresSeconds: 300 })
    assert.deepEqual(answer(200), { kind: 'registered', expiresSeconds: 3600 })
    assert.equal(answer(200, { expiresSeconds: 0 }).kind, 'refused')
    assert.deepEqual(answer(423, { minExpires: 900 }), { kind: 'tooBrief', leastSeconds: 900 })
    assert.equal(answer(423).kind, 'refused')
    assert.deepEqual(answer(503, { retryAfterSeconds: 30 }), {
      kind: 'elsewhere',
      fault: { kind: 'refused', status: 503, text: 'why' },
      retryAfterSeconds: 30,
    })
    for (const status of [401, 403, 404]) assert.equal(answer(status).kind, 'refused')
  })

  it('is renewed well before its end', () => {
    assert.equal(
      refreshAfterMs(600, () => 0),
      480_000,
    )
    assert.equal(
      refreshAfterMs(600, () => 1),
      540_000,
    )
    assert.equal(
      refreshAfterMs(60, () => 0),
      30_000,
    )
  })

  it('is tried again after pauses that grow up to five minutes', () => {
    assert.deepEqual(
      [0, 1, 2, 20].map((n) => backOffMs(n, () => 1)),
      [5_000, 10_000, 20_000, 300_000],
    )
    assert.equal(
      backOffMs(0, () => 0),
      2_500,
    )
  })
})

describe('who calls, as a trunk is told', () => {
  const main = '+46846500400'
  const user = { direct: '+46846500401', inside: '201' }
  const cases: [Parameters<typeof shownNumber>, string][] = [
    [[undefined, user, main], '+46846500401'],
    [[undefined, { inside: '201' }, main], main],
    [[undefined, { inside: '201' }, undefined], '201'],
    [[{ number: 'main' }, user, main], main],
    [[{ number: 'main' }, user, undefined], '+46846500401'],
    [[undefined, { outside: '+33155512345', inside: '+33155512345' }, main], '+33155512345'],
    [[{ allowed: ['+46846500'] }, { outside: '+33155512345', inside: '+33155512345' }, main], main],
    [[{ allowed: ['+46846500'] }, user, main], '+46846500401'],
    [[{ allowed: ['+33'] }, user, main], main],
  ]
  for (const [args, shown] of cases)
    it(`${JSON.stringify(args[0] ?? {})} shows ${shown} for ${args[1].outside ?? args[1].direct ?? args[1].inside}`, () =>
      assert.equal(shownNumber(...args), shown))
})

describe('the channels and the money of a trunk', () => {
  const used = (callsNow: number, spentTodayMicros = 0) => ({ callsNow, spentTodayMicros })

  it('ordinary calls leave those free that are kept for emergencies; an emergency call takes the last one', () => {
    const trunk = { channels: 4, emergencyChannels: 1 }
    assert.equal(trunkLimit(trunk, used(2), false), undefined)
    assert.deepEqual(trunkLimit(trunk, used(3), false), { kind: 'channels', count: 3 })
    assert.equal(trunkLimit(trunk, used(3), true), undefined)
    assert.equal(trunkLimit(trunk, used(4), true), undefined)
  })

  it('when the money of the day is used up, only emergency calls go on', () => {
    const trunk = { spendPerDayMicros: 1_000_000 }
    assert.equal(trunkLimit(trunk, used(0, 999_999), false), undefined)
    assert.deepEqual(trunkLimit(trunk, used(0, 1_000_000), false), { kind: 'money' })
    assert.equal(trunkLimit(trunk, used(0, 1_000_000), true), undefined)
  })
})

describe('the passwords of a trunk', () => {
  const trunk: Trunk = {
    id: 't' as TrunkId,
    companyId: 'c' as CompanyId,
    name: 'a',
    targets: [],
    fromAddresses: [],
    prefixes: [],
    pricePerMinuteMicros: {},
    keying: 'auto',
    login: { username: 'u', password: 'secret' },
  }

  it('are hidden in what is told, and come back from what is known', () => {
    const told = withoutPasswords(trunk)
    assert.ok(!JSON.stringify(told).includes('secret'))
    assert.deepEqual(withPasswordsOf({ ...told, name: 'b' }, trunk), { ...trunk, name: 'b' })
    assert.equal(withPasswordsOf(told, { ...trunk, login: { username: 'other', password: 'x' } }), undefined)
    assert.equal(withPasswordsOf(told, undefined), undefined)
  })
})
