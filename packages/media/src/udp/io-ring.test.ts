import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { BatchedNetwork } from './batched-network.ts'
import { IoRing, mostOrders } from './io-ring.ts'
import { loadLinuxSockets } from './linux-sockets.ts'
import { MessageBatch } from './message-batch.ts'
import type { UdpSocket } from './udp-network.ts'

const system = loadLinuxSockets()
/** Undefined on machines that forbid it: then there is nothing to hold here, and the network's own tests hold what is done without. */
const ring = IoRing.open()

describe('a ring of the system', () => {
  it('tells of each socket that was asked whether it had something, and never waits', () => {
    if (!system || !ring) return
    const fds = [0, 1].map(() => system.socket(2, 2 | 0o4000 | 0o2000000, 0))
    const batch = new MessageBatch(system, 4)
    for (let round = 0; round < 200; round++) {
      const told: number[][] = []
      fds.forEach((fd, index) => ring.receive(fd, batch.at(index), index))
      ring.receive(-1, batch.at(2), 2)
      ring.send(fds[0]!, batch.at(3))
      assert.ok(ring.go((mark, length) => told.push([mark, length])))
      // EAGAIN, and EBADF for what is no socket. What could not be sent is not told.
      assert.deepEqual(told.toSorted(), [
        [0, -11],
        [1, -11],
        [2, -9],
      ])
    }
    for (const fd of fds) system.close(fd)
  })

  it('takes so many orders at once, and none when it is closed', () => {
    if (!ring) return
    for (let i = 0; i < mostOrders; i++) ring.send(-1, 0)
    assert.throws(() => ring.send(-1, 0), /no more/)
    assert.ok(ring.go())
    assert.ok(ring.go())
    ring.close()
    ring.close()
    assert.equal(ring.go(), false)
    assert.throws(() => ring.send(-1, 0), /no more/)
  })

  it('that breaks is done without: datagrams go on', async () => {
    const broken = IoRing.open()
    if (!system || !broken) return
    const network = new BatchedNetwork(system, () => performance.now(), undefined, broken)
    let received = 0
    const far: UdpSocket[] = []
    for (let i = 0; i < 20; i++) {
      const socket = await network.bind({ address: '127.0.0.1', port: 0, receive: () => void received++ })
      assert.ok('send' in socket)
      far.push(socket)
    }
    const pass = () => {
      for (const { local } of far) far[0]!.send(Buffer.from('a'), 1, local)
      network.flush()
      for (let turns = 0; turns < 50; turns++) network.poll(1)
    }
    pass()
    assert.equal(received, 20)
    Object.defineProperty(broken, 'go', { value: () => false })
    pass()
    received = 0
    pass()
    assert.equal(received, 20)
    network.close()
  })
})
