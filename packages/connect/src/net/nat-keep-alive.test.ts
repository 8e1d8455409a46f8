import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import type { FlowId } from '@vaxel/base'
import type { Flow, Protocol } from '@vaxel/sip'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { NatKeepAlive } from './nat-keep-alive.ts'
import { openNetwork } from './network-under-test.ts'

const flowOf = (port: number, protocol: Protocol = 'udp'): Flow => ({
  id: String(port) as FlowId,
  protocol,
  local: { address: '198.51.100.1', port: 5060 },
  remote: { address: '203.0.113.5', port },
  isOpen: true,
})

function keeper(intervalMs = 25_000) {
  const clock = new VirtualClock()
  const sent: [atMs: number, port: number, text: string][] = []
  const keep = new NatKeepAlive(clock, intervalMs, (flow, bytes) => {
    sent.push([clock.monotonicMs(), flow.remote.port, Buffer.from(bytes).toString('latin1')])
  })
  return { clock, sent, keep }
}

describe('keeping NATs open for phones on UDP', () => {
  it('sends four bytes on each flow once an interval, from its registration on', () => {
    const { clock, sent, keep } = keeper()
    keep.hold(flowOf(1))
    clock.advance(24_999)
    assert.deepEqual(sent, [])
    clock.advance(50_001)
    assert.deepEqual(sent, [
      [25_000, 1, '\r\n\r\n'],
      [50_000, 1, '\r\n\r\n'],
      [75_000, 1, '\r\n\r\n'],
    ])
  })

  it('spreads flows over the interval as they came', () => {
    const { clock, sent, keep } = keeper()
    for (let port = 0; port < 25; port++) {
      keep.hold(flowOf(port))
      clock.advance(1_000)
    }
    clock.advance(25_000)
    assert.deepEqual(
      sent.map(([atMs, port]) => [atMs, port]),
      [...Array.from({ length: 25 }, (_, port) => [25_000 + port * 1_000, port]), [50_000, 0]],
    )
  })

  it('counts several bindings of one flow once, and stops with the last of them and its timer', () => {
    const { clock, sent, keep } = keeper()
    const flow = flowOf(1)
    const first = keep.hold(flow)
    const second = keep.hold(flow)
    first()
    first()
    clock.advance(25_000)
    assert.equal(sent.length, 1)
    assert.equal(keep.size, 1)
    second()
    clock.advance(60_000)
    assert.equal(sent.length, 1)
    assert.equal(keep.size, 0)
    assert.equal(clock.waiting, 0)
    keep.hold(flow)
    clock.advance(25_000)
    assert.equal(sent.length, 2, 'and begins again')
  })

  it('leaves streams alone, sends nothing when it is switched off, and closes', () => {
    const { clock, sent, keep } = keeper()
    keep.hold(flowOf(1, 'tcp'))
    keep.hold(flowOf(2))()
    keep.hold(flowOf(3))
    keep.close()
    const off = keeper(0)
    off.keep.hold(flowOf(1))
    assert.equal(off.clock.waiting, 0)
    clock.advance(100_000)
    assert.deepEqual(sent, [])
    assert.equal(clock.waiting, 0)
  })

  it('reaches the phone from the very port that it registered with', async () => {
    const clock = new VirtualClock()
    const net = await openNetwork({
      clock,
      udp: [{ address: '127.0.0.1', port: 0 }],
      limits: { natKeepAliveMs: 20_000 },
    })
    const phone = createSocket('udp4')
    phone.bind(0, '127.0.0.1')
    await once(phone, 'listening')
    phone.send('REGISTER', net.port('udp'), '127.0.0.1')
    const { flow } = await net.nextMessage()
    const release = net.network.keepAlive(flow)
    const coming = once(phone, 'message')
    clock.advance(20_000)
    const [bytes, from] = (await coming) as [Buffer, { port: number }]
    assert.equal(bytes.toString('latin1'), '\r\n\r\n')
    assert.equal(from.port, net.port('udp'))
    release()
    phone.close()
    await net.close()
    assert.equal(clock.waiting, 0)
  })
})
