import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  type SubscriptionEffect,
  type SubscriptionEvent,
  type SubscriptionState,
  newSubscription,
  stepSubscription,
} from './subscription-machine.ts'

const nowMs = 10_000
const idle: SubscriptionState = { name: 'active', expiresAtMs: 70_000, isSending: false, isDue: false }
const sending: SubscriptionState = { ...idle, isSending: true }
const dirty: SubscriptionState = { ...sending, isDue: true }
const paused: SubscriptionState = { ...idle, isDue: true }
const timeout = { reason: 'timeout' } as const
const gone = { reason: 'noresource' } as const
const ending = (isWaiting: boolean, why: typeof timeout | typeof gone = timeout): SubscriptionState => ({
  name: 'ending',
  ending: why,
  isWaiting,
})
const over: SubscriptionState = { name: 'over' }
const start = (delayMs: number): SubscriptionEffect => ({ do: 'startTimer', delayMs })
const notify = (expiresSeconds: number): SubscriptionEffect => ({ do: 'notify', expiresSeconds })
const notifyEnd = (why: typeof timeout | typeof gone = timeout): SubscriptionEffect => ({
  do: 'notifyEnd',
  ending: why,
})
const stop: SubscriptionEffect = { do: 'stopTimer' }
const forget: SubscriptionEffect = { do: 'forget' }

const table: ReadonlyArray<
  readonly [string, SubscriptionState, SubscriptionEvent, SubscriptionState, readonly SubscriptionEffect[]]
> = [
  [
    'notifies at once after SUBSCRIBE (§4.2.1.2)',
    newSubscription,
    { name: 'subscribed', expiresSeconds: 60 },
    sending,
    [start(60_000), notify(60)],
  ],
  [
    'notifies after each refresh',
    idle,
    { name: 'subscribed', expiresSeconds: 120 },
    { ...sending, expiresAtMs: 130_000 },
    [start(120_000), notify(120)],
  ],
  ['keeps one NOTIFY under way', sending, { name: 'subscribed', expiresSeconds: 60 }, dirty, [start(60_000)]],
  [
    'ends with a last NOTIFY when asked (§4.1.2.3)',
    idle,
    { name: 'subscribed', expiresSeconds: 0 },
    ending(false),
    [stop, notifyEnd()],
  ],
  [
    'fetches the state once (§4.4.3)',
    newSubscription,
    { name: 'subscribed', expiresSeconds: 0 },
    ending(false),
    [stop, notifyEnd()],
  ],
  [
    'lets the NOTIFY under way go before the last',
    sending,
    { name: 'ended', ending: gone },
    ending(true, gone),
    [stop],
  ],
  ['sends the last after it', ending(true, gone), { name: 'notified' }, ending(false, gone), [notifyEnd(gone)]],
  ['forgets after the last', ending(false), { name: 'notified' }, over, [stop, forget]],
  [
    'sends the last also to one that wanted the one before later',
    ending(true, gone),
    { name: 'notifyFailed', retryAfterSeconds: 30 },
    ending(false, gone),
    [notifyEnd(gone)],
  ],
  [
    'asks nobody twice at the end',
    ending(false),
    { name: 'notifyFailed', retryAfterSeconds: 30 },
    over,
    [stop, forget],
  ],
  ['forgets when the last fails', ending(true), { name: 'notifyFailed' }, over, [stop, forget]],
  ['tells a change', idle, { name: 'changed' }, sending, [notify(60)]],
  ['gathers changes', sending, { name: 'changed' }, dirty, []],
  ['tells gathered changes once', dirty, { name: 'notified' }, sending, [notify(60)]],
  ['rests', sending, { name: 'notified' }, idle, []],
  ['forgets when a NOTIFY fails (§4.2.2)', sending, { name: 'notifyFailed' }, over, [stop, forget]],
  ['waits when asked to', sending, { name: 'notifyFailed', retryAfterSeconds: 5 }, paused, [start(5_000)]],
  [
    'is not hurried to ask without end',
    sending,
    { name: 'notifyFailed', retryAfterSeconds: 0 },
    paused,
    [start(5_000)],
  ],
  ['does not wait past the expiry', sending, { name: 'notifyFailed', retryAfterSeconds: 60 }, over, [stop, forget]],
  ['gathers changes while it waits', paused, { name: 'changed' }, paused, []],
  ['tries again after the wait', paused, { name: 'timerFired' }, sending, [start(60_000), notify(60)]],
  ['keeps what a lost connection has not told', sending, { name: 'unreachable' }, paused, []],
  ['tells it when there is another one', paused, { name: 'reachable' }, sending, [notify(60)]],
  ['has nothing to tell to one that missed nothing', idle, { name: 'reachable' }, idle, []],
  ['waits for nobody at its end', ending(false), { name: 'unreachable' }, over, [stop, forget]],
  ['expires with timeout', { ...idle, expiresAtMs: nowMs }, { name: 'timerFired' }, ending(false), [stop, notifyEnd()]],
  ['is over when its refresh is refused', sending, { name: 'refused' }, over, [stop, forget]],
  ['does not come back', over, { name: 'changed' }, over, []],
  ['is not refreshed while it ends', ending(false), { name: 'subscribed', expiresSeconds: 60 }, ending(false), []],
]

describe('subscription of a notifier (RFC 6665 §4.2)', () => {
  for (const [title, before, event, after, effects] of table) {
    it(title, () => assert.deepEqual(stepSubscription(before, event, nowMs), { state: after, effects }))
  }

  it('never has two NOTIFYs under way, and always comes to its end', () => {
    const event = fc.constantFrom<SubscriptionEvent>(
      { name: 'subscribed', expiresSeconds: 60 },
      { name: 'subscribed', expiresSeconds: 0 },
      { name: 'changed' },
      { name: 'notified' },
      { name: 'notifyFailed', retryAfterSeconds: 5 },
      { name: 'unreachable' },
      { name: 'reachable' },
      { name: 'timerFired' },
      { name: 'ended', ending: gone },
      { name: 'refused' },
    )
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        let state: SubscriptionState = newSubscription
        let underWay = 0
        let forgotten = 0
        let now = 0
        const take = (one: SubscriptionEvent): void => {
          const isAnswer = ['notified', 'notifyFailed', 'unreachable'].includes(one.name)
          if (isAnswer && underWay === 0) return
          if (isAnswer) underWay--
          const step = stepSubscription(state, one, now)
          state = step.state
          underWay += step.effects.filter((effect) => effect.do === 'notify' || effect.do === 'notifyEnd').length
          forgotten += step.effects.filter((effect) => effect.do === 'forget').length
          assert.ok(underWay <= 1)
          now += 7_000
        }
        for (const one of events) take(one)
        take({ name: 'ended', ending: gone })
        while (underWay > 0) take({ name: 'notified' })
        assert.equal(state.name, 'over')
        assert.equal(forgotten, 1)
      }),
      { numRuns: 500, seed: 6665 },
    )
  })
})
