import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { NetworkWatch } from './network-watch.ts'

function setUp() {
  const clock = new VirtualClock()
  const network = {
    packets: 0 as number | undefined,
    comes: true,
    answers: true,
    pings: 0,
    moves: 0,
    packetsReceived: async () => {
      if (network.comes && network.packets !== undefined) network.packets += 12
      return network.packets
    },
    isAnswering: async () => {
      network.pings++
      return network.answers
    },
    moveOver: async () => {
      network.moves++
      network.comes = true
    },
  }
  const watch = new NetworkWatch(network, {
    nowMs: () => clock.now(),
    startTimer: (delayMs, run) => {
      const timer = clock.startTimer(delayMs, run)
      return () => timer.stop()
    },
  })
  watch.begin()
  return { clock, network, watch }
}

describe('the watch over the network', () => {
  it('asks nobody while packets come', async () => {
    const { clock, network } = setUp()
    await clock.advanceAsync(10_000)
    assert.equal(network.pings, 0)
  })

  it('asks the server when nothing has come for a second, and lets all be as it is when that answers', async () => {
    const { clock, network } = setUp()
    await clock.advanceAsync(1000)
    network.comes = false
    await clock.advanceAsync(5000)
    assert.ok(network.pings >= 3 && network.pings <= 5, `${network.pings}`)
    assert.equal(network.moves, 0)
  })

  it('moves over once within a second and a half when the server does not answer', async () => {
    const { clock, network } = setUp()
    await clock.advanceAsync(1000)
    network.comes = false
    network.answers = false
    await clock.advanceAsync(1500)
    assert.equal(network.moves, 1)
    await clock.advanceAsync(5000)
    assert.equal(network.moves, 1)
  })

  it('asks at once when the browser says that the network is another one', async () => {
    const { network, watch } = setUp()
    network.answers = false
    await watch.check()
    assert.equal(network.moves, 1)
  })

  it('looks no more after its end, nor without a call', async () => {
    const { clock, network, watch } = setUp()
    network.packets = undefined
    await clock.advanceAsync(5000)
    assert.equal(network.pings, 0)
    watch.end()
    await clock.advanceAsync(0)
    assert.equal(clock.waiting, 0)
  })
})
