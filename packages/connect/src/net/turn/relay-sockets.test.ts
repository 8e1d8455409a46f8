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
    const sockets = new RelaySockets({ avoid: [1, 65_534], onDatagram: () => {} })
    const one = newAllocation()
    const found = await sockets.open(one, address, true)
    // All are another's here: better one of those than none.
    assert.equal(found!.port % 2, 0)
    sockets.closeAll()
    assert.equal(sockets.size, 0)
  })

  it('are not to be had at an address that is not here', async () => {
    const sockets = new RelaySockets({ avoid: [1, 2], onDatagram: () => {} })
    assert.equal(await sockets.open(newAllocation(), '192.0.2.1', false), undefined)
    assert.equal(await sockets.open(newAllocation(), '192.0.2.1', true), undefined)
  })
})
