import assert, { deepEqual, equal } from 'node:assert/strict'
import { describe, it } from 'node:test'
import { defaultAbuseLimits } from './abuse-limits.ts'
import { GuessGuard } from './guess-guard.ts'
import { RecentMap } from './recent-map.ts'
import { RequestRate } from './request-rate.ts'
import { isScanner } from './scanners.ts'

const minuteMs = 60_000

function system(changes: Partial<typeof defaultAbuseLimits> = {}) {
  let nowMs = 5_000
  const clock = { now: () => nowMs, monotonicMs: () => nowMs, startTimer: () => ({ stop() {} }) }
  const guard = new GuessGuard(clock, { ...defaultAbuseLimits, ...changes })
  /** Guesses once each time it may. @returns guesses that were looked at, and the lock-outs that began */
  const attack = (durationMs: number, source: () => string, username: () => string, everyMs = 100) => {
    let looked = 0
    const lockOuts: Array<[reason: string, count: number, lockedMs: number]> = []
    for (const endMs = nowMs + durationMs; nowMs < endMs; nowMs += everyMs) {
      const [from, who] = [source(), username()]
      if (!guard.mayTry(from, 'demo.test', who)) continue
      looked++
      for (const { reason, count, lockedMs } of guard.wrong(from, 'demo.test', who))
        lockOuts.push([reason, count, lockedMs])
    }
    return { looked, lockOuts }
  }
  return { guard, attack, wait: (ms: number) => void (nowMs += ms) }
}

describe('those who guess SIP passwords', () => {
  it('are slowed, then locked out, each time for twice as long, told once for each', () => {
    const { attack } = system()
    const first = attack(
      10 * minuteMs,
      () => '192.0.2.1',
      () => '201',
    )
    deepEqual(first.lockOuts, [['address', 31, 15 * minuteMs]])
    equal(first.looked, 31)
    const day = attack(
      24 * 60 * minuteMs,
      () => '192.0.2.1',
      () => '201',
    )
    assert.ok(day.looked < 200, `${day.looked} guesses in a day`)
    deepEqual(
      day.lockOuts.map(([, , lockedMs]) => lockedMs / minuteMs),
      [30, 60, 120, 240, 480, 960],
    )
  })

  it('are locked out of one account whatever addresses they come from, and whether it exists or not', () => {
    const { attack, guard } = system()
    let i = 0
    const many = () => `198.51.${(i >> 8) & 255}.${i++ & 255}`
    const { lockOuts } = attack(10 * minuteMs, many, () => '201', 10)
    deepEqual(lockOuts[0]![0], 'account')
    equal(guard.mayTry('203.0.113.9', 'demo.test', '201'), false)
    equal(guard.mayTry('203.0.113.9', 'demo.test', '202'), true)
    equal(guard.mayTry('203.0.113.9', 'other.test', '201'), true)
  })

  it('do not lock out the phone that lately gave the right password from its address', () => {
    const { attack, guard, wait } = system()
    guard.right('10.0.0.7', 'demo.test', '201')
    let i = 0
    attack(
      30 * minuteMs,
      () => `198.51.100.${i++ % 250}`,
      () => '201',
      50,
    )
    attack(
      30 * minuteMs,
      () => '10.0.0.7',
      () => '999',
    )
    equal(guard.mayTry('10.0.0.7', 'demo.test', '201'), true)
    equal(guard.isShut('10.0.0.7'), false, 'strangers at its address are still challenged, as it needs to be')
    equal(guard.mayTry('10.0.0.7', 'demo.test', '202'), false)
    wait(24 * 60 * minuteMs)
    equal(guard.isKnown('10.0.0.7'), false)
  })

  it('lose trust when they guess at the address of the phone', () => {
    const { attack, guard } = system()
    guard.right('10.0.0.7', 'demo.test', '201')
    const { looked, lockOuts } = attack(
      10 * minuteMs,
      () => '10.0.0.7',
      () => '201',
    )
    equal(lockOuts.length, 1)
    assert.ok(looked <= 42, `${looked}`)
  })

  it('are not taken for a phone with an old password, which tries again each half minute', () => {
    const { attack, guard } = system()
    const { looked, lockOuts } = attack(
      24 * 60 * minuteMs,
      () => '10.0.0.7',
      () => '201',
      minuteMs / 2,
    )
    deepEqual([looked, lockOuts], [2_880, []])
    equal(guard.isShut('10.0.0.7'), false)
  })

  it('fill no memory', () => {
    const { attack, guard } = system({ suspectsRemembered: 50, trustedRemembered: 20 })
    let i = 0
    attack(
      100_000,
      () => `192.0.${i >> 8}.${i & 255}`,
      () => `user-${i++}`,
    )
    for (let n = 0; n < 100; n++) guard.right('10.0.0.1', 'demo.test', `${n}`)
    deepEqual(guard.remembered, { sources: 50, accounts: 50, trusted: 20 })
  })
})

describe('the rate of a source', () => {
  it('allows a burst, then as many as come back each second', () => {
    const rate = new RequestRate(50, 200, 10)
    const taken = (nowMs: number) => Array.from({ length: 1000 }, () => rate.take('a', nowMs)).filter(Boolean).length
    deepEqual([taken(0), taken(0), taken(1000), taken(1100), taken(100_000)], [200, 0, 50, 5, 200])
    equal(rate.take('b', 0), true)
  })
})

describe('what is known of sources', () => {
  it('is forgotten of those that were not seen for longest', () => {
    const map = new RecentMap<number>(2)
    for (const key of ['a', 'b', 'a', 'c']) map.set(key, 1)
    deepEqual(
      ['a', 'b', 'c'].map((key) => map.get(key)),
      [1, undefined, 1],
    )
  })

  it('makes no scanner of a phone', () => {
    for (const agent of ['friendly-scanner', 'sipcli/v1.8', 'SIPVicious 0.3']) equal(isScanner(agent), true)
    for (const agent of [undefined, 'Linphone/5.1', 'SIPp', 'Yealink SIP-T46S 66.85']) equal(isScanner(agent), false)
  })
})
