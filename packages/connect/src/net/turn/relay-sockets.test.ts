import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Allocation } from './allocation.ts'
import { RelaySockets } from './relay-sockets.ts'

const address = '127.0.0.1'
const newAllocation = () => ({}) as Allocation

describe('ports of relayed addresses', () => {
  it('are even whenever that is asked for, as EVEN-PORT does (RFC 8656 §18.7)', async () => {
    const sockets = new RelaySockets({ avoid: [1, 2], onDatagram: () => {} })
    const ports: (number | undefined)[] = []
    // One in a thousand had found none when only luck made a port even.
    for (let i = 0; i < 4000; i++) {
      const allocation = newAllocation()
      ports.push((await sockets.open(allocation, address, true))?.port)
      sockets.close(allocation)
    }
    assert.deepEqual(
      ports.filter((port) => port === undefined || port % 2 === 1),
      [],
    )
    assert.equal(sockets.size, 0)
  })

  it('are not those of others while there are any else', async () => {
    const portsOf = async (sockets: RelaySockets, count: number) => {
      const ports: number[] = []
      for (let i = 0; i < count; i++) ports.push((await sockets.open(newAllocation(), address, i % 2 === 0))!.port)
      sockets.closeAll()
      assert.equal(sockets.size, 0)
      return ports.sort((a, b) => a - b)
    }
    const any = await portsOf(new RelaySockets({ avoid: [1, 2], onDatagram: () => {} }), 400)
    // An eighth of what this system gives is the phones'.
    const last = any[50]!
    const [lowest] = await portsOf(new RelaySockets({ avoid: [1, last], onDatagram: () => {} }), 200)
    assert.ok(lowest! > last, `${lowest} > ${last}`)
  })

  it('are those of others where there are no else', async () => {
    const sockets = new RelaySockets({ avoid: [1, 65_535], onDatagram: () => {} })
    const found = await sockets.open(newAllocation(), address, true)
    assert.equal(found!.port % 2, 0)
    sockets.closeAll()
  })

  it('are not to be had at an address that is not here', async () => {
    const sockets = new RelaySockets({ avoid: [1, 2], onDatagram: () => {} })
    assert.equal(await sockets.open(newAllocation(), '192.0.2.1', false), undefined)
    assert.equal(await sockets.open(newAllocation(), '192.0.2.1', true), undefined)
  })
})
