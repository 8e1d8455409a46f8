import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { PassivePorts } from './passive-ports.ts'

describe('ports for data connections', () => {
  it('are each somebody’s until they are given back', () => {
    const ports = new PassivePorts([30_000, 30_002])
    assert.deepEqual([ports.take(0.5), ports.take(0.5), ports.take(0.5)], [30_001, 30_002, 30_000])
    assert.equal(ports.take(0), undefined)
    ports.giveBack(30_002)
    assert.equal(ports.inUse, 2)
    assert.equal(ports.take(0), 30_002)
  })
})
