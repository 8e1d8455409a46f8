import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { UdpAddress } from '../udp/udp-address.ts'
import { Latch } from './latch.ts'

const at = (text: string, port: number) => UdpAddress.parse(text, port)!

describe('Latch', () => {
  const signalled = at('10.0.0.5', 4000)

  it('sends to the signalled address before anything came', () => {
    const latch = new Latch(undefined)
    assert.equal(latch.destination, undefined)
    latch.setSignalled(signalled)
    assert.equal(String(latch.destination), '10.0.0.5:4000')
    latch.setSignalled(undefined)
    assert.equal(latch.destination, undefined, 'a peer that holds by address zero')
  })

  it('believes a plain packet only from the IP address of signalling or description', () => {
    const latch = new Latch(at('198.51.100.1', 5060))
    assert.ok(!latch.accepts(at('198.51.100.1', 9000), 0), 'nothing before a description')
    latch.setSignalled(signalled)
    assert.ok(!latch.accepts(at('203.0.113.9', 4000), 0))
    assert.equal(String(latch.destination), '10.0.0.5:4000')
    assert.ok(latch.accepts(at('198.51.100.1', 9000), 0))
    assert.equal(String(latch.destination), '198.51.100.1:9000')
  })

  it('lets another port take over after a silence, not before', () => {
    const latch = new Latch(at('198.51.100.1', 5060))
    latch.setSignalled(signalled)
    assert.ok(latch.accepts(at('198.51.100.1', 9000), 0))
    assert.ok(!latch.accepts(at('198.51.100.1', 9001), 400))
    assert.ok(latch.accepts(at('198.51.100.1', 9000), 450))
    assert.ok(!latch.accepts(at('198.51.100.1', 9001), 900))
    assert.ok(latch.accepts(at('198.51.100.1', 9001), 951))
  })

  it('gives the signalled address way at once, also while another port there speaks', () => {
    const latch = new Latch(undefined)
    latch.setSignalled(signalled)
    assert.ok(latch.accepts(at('10.0.0.5', 4444), 0), 'a phone whose call on this port is over')
    assert.ok(latch.accepts(signalled, 10))
    assert.equal(String(latch.destination), '10.0.0.5:4000')
    assert.ok(!latch.accepts(at('10.0.0.5', 4444), 20))
    assert.ok(!latch.accepts(at('10.0.0.5', 4444), 509))
  })

  it('believes the new address of signalling, and the old one no more', () => {
    const latch = new Latch(at('198.51.100.1', 5060))
    latch.setSignalled(signalled)
    assert.ok(latch.accepts(at('198.51.100.1', 9000), 0))
    assert.ok(!latch.accepts(at('198.51.100.2', 9000), 1000))
    latch.setSignalling(at('198.51.100.2', 0))
    assert.equal(String(latch.destination), '198.51.100.1:9000', 'until the new one speaks')
    assert.ok(latch.accepts(at('198.51.100.2', 9000), 1001))
    assert.equal(String(latch.destination), '198.51.100.2:9000')
    assert.ok(!latch.accepts(at('198.51.100.1', 9000), 2000))
  })

  it('follows authenticated packets anywhere, at once', () => {
    const latch = new Latch(undefined)
    latch.setSignalled(signalled)
    latch.prove(at('203.0.113.9', 1), 0)
    latch.prove(at('203.0.113.10', 2), 1)
    assert.equal(String(latch.destination), '203.0.113.10:2')
    latch.setSignalled(signalled.copy())
    assert.equal(String(latch.destination), '203.0.113.10:2', 'the same description changes nothing')
    latch.setSignalled(at('10.0.0.6', 4000))
    assert.equal(String(latch.destination), '10.0.0.6:4000')
  })
})
