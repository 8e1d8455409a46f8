import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { ConnectionWatch } from './connection-watch.ts'
import { defaultNetworkLimits as limits } from './network-limits.ts'

function watch(isIncoming = true) {
  const clock = new VirtualClock()
  const expired: string[] = []
  const watched = new ConnectionWatch(
    clock,
    limits,
    (reason) => expired.push(`${clock.monotonicMs()} ${reason}`),
    isIncoming,
  )
  return { clock, expired, watched }
}

describe('the time limits of a connection', () => {
  it('end one that came in and says nothing', () => {
    const { clock, expired } = watch()
    clock.advance(limits.firstMessageMs - 1)
    assert.deepEqual(expired, [])
    clock.advance(1)
    assert.deepEqual(expired, [`${limits.firstMessageMs} no message came`])
  })

  it('let one that we opened wait for its use', () => {
    const { clock, expired } = watch(false)
    clock.advance(limits.outgoingIdleMs - 1)
    assert.deepEqual(expired, [])
    clock.advance(1)
    assert.deepEqual(expired, [`${limits.outgoingIdleMs} idle`])
  })

  it('end a message that trickles in, however often a byte comes', () => {
    const { clock, expired, watched } = watch()
    watched.wholeArrived()
    for (let second = 0; second < 20; second++) {
      watched.partArrived()
      clock.advance(1_000)
    }
    assert.deepEqual(expired, [`${limits.messageMs} a message was not finished in time`])
  })

  it('begin anew with each whole message, without a timer for each', () => {
    const { clock, expired, watched } = watch()
    for (let i = 0; i < 1_000; i++) {
      watched.answered()
      watched.partArrived()
      watched.wholeArrived()
      clock.advance(10_000)
    }
    assert.deepEqual(expired, [])
    assert.equal(clock.waiting, 1)
  })

  it('end one of a stranger soon, whatever it sends: only our answers prolong it', () => {
    const { clock, expired, watched } = watch()
    clock.advance(20_000)
    watched.answered()
    for (let i = 0; i < 8; i++) {
      watched.wholeArrived()
      clock.advance(10_000)
    }
    assert.deepEqual(expired, [])
    clock.advance(10_000)
    assert.deepEqual(expired, [`${20_000 + limits.strangerMs} it proved nothing in time`])
  })

  it('ask nothing more of one that is somebody’s than to be heard from now and then', () => {
    const { clock, expired, watched } = watch()
    watched.wholeArrived()
    watched.proved()
    watched.answered()
    clock.advance(limits.idleMs - 1)
    assert.deepEqual(expired, [])
    assert.equal(clock.waiting, 1)
    clock.advance(1)
    assert.deepEqual(expired, [`${limits.idleMs} idle`])
  })

  it('ask no first message of one that is known by where it comes from', () => {
    const { clock, expired, watched } = watch()
    watched.proved()
    clock.advance(limits.idleMs - 1)
    assert.deepEqual(expired, [])
  })

  it('end one that is idle', () => {
    const { clock, expired, watched } = watch()
    watched.proved()
    clock.advance(1_000)
    watched.wholeArrived()
    clock.advance(limits.idleMs)
    assert.deepEqual(expired, [`${limits.idleMs + 1_000} idle`])
  })

  it('end one whose peer does not read, unless the buffer was empty once', () => {
    const { clock, expired, watched } = watch(false)
    watched.writeWaits()
    clock.advance(limits.writeStallMs - 1)
    watched.writeLeft()
    watched.writeWaits()
    clock.advance(limits.writeStallMs - 1)
    assert.deepEqual(expired, [])
    clock.advance(1)
    assert.match(expired[0]!, /the peer does not read/)
  })

  it('leave no timer behind', () => {
    const { clock, watched } = watch()
    watched.partArrived()
    watched.stop()
    assert.equal(clock.waiting, 0)
  })
})
