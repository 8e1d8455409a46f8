import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ConnectionGate } from './connection-gate.ts'

describe('the gate for connections', () => {
  it('lets in so many from one source, and another one when one has left', () => {
    const gate = new ConnectionGate({ connections: 10, connectionsPerSource: 2 })
    const leave = gate.admit('192.0.2.1')
    assert.ok(leave && gate.admit('192.0.2.1'))
    assert.equal(gate.admit('192.0.2.1'), undefined)
    assert.ok(gate.admit('192.0.2.2'))
    leave()
    leave()
    assert.equal(gate.open, 2)
    assert.ok(gate.admit('192.0.2.1'))
    assert.equal(gate.admit('192.0.2.1'), undefined)
  })

  it('lets in so many altogether', () => {
    const gate = new ConnectionGate({ connections: 2, connectionsPerSource: 2 })
    gate.admit('192.0.2.1')
    gate.admit('192.0.2.2')
    assert.equal(gate.admit('192.0.2.3'), undefined)
  })

  it('asks for room when it is full, but not for a source that has its share', () => {
    let asked = 0
    const leaving: (() => void)[] = []
    const gate = new ConnectionGate({ connections: 2, connectionsPerSource: 1 }, () => {
      asked++
      leaving.shift()?.()
    })
    leaving.push(gate.admit('192.0.2.1')!)
    gate.admit('192.0.2.2')
    assert.equal(gate.admit('192.0.2.2'), undefined)
    assert.equal(asked, 0)
    assert.ok(gate.admit('192.0.2.3'))
    assert.equal(gate.admit('192.0.2.4'), undefined)
    assert.deepEqual([asked, gate.open], [2, 2])
  })
})
