import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Binding } from '@vaxel/core'
import type { Flow } from '@vaxel/sip'
import { NatKeepAlive } from './nat-keep-alive.ts'

const binding = (id: string, contact: string, protocol = 'udp'): Binding =>
  ({ id, contact, flow: { id, protocol, remoteAddress: '198.51.100.7', remotePort: 40000 } }) as unknown as Binding

function network() {
  const kept = new Set<number>()
  let count = 0
  return {
    kept,
    findFlow: () => ({}) as Flow,
    keepAlive: () => {
      const id = ++count
      kept.add(id)
      return () => void kept.delete(id)
    },
  }
}

describe('phones behind a NAT', () => {
  it('are kept reachable while they are registered, each once', () => {
    const net = network()
    const keeper = new NatKeepAlive(net)
    const phone = binding('a', 'sip:201@10.0.0.5:5060')
    keeper.follow('sip:201@demo', [phone])
    keeper.follow('sip:201@demo', [phone])
    assert.equal(net.kept.size, 1)
    keeper.follow('sip:201@demo', [])
    assert.equal(net.kept.size, 0)
  })

  it('are kept reachable at the port that they came from last', () => {
    const net = network()
    const keeper = new NatKeepAlive(net)
    const phone = binding('a', 'sip:201@10.0.0.5:5060')
    keeper.follow('sip:201@demo', [phone])
    keeper.follow('sip:201@demo', [{ ...phone, flow: { ...phone.flow, id: 'new' as typeof phone.flow.id } }])
    assert.deepEqual([...net.kept], [2])
  })

  it('are those too whose router wrote its own address into the contact', () => {
    const net = network()
    const rewritten = { ...binding('a', 'sip:201@198.51.100.7:5060'), isTranslated: true as const }
    new NatKeepAlive(net).follow('sip:201@demo', [rewritten])
    assert.equal(net.kept.size, 1)
  })

  it('are those alone: not phones at their own address, not phones on a stream', () => {
    const net = network()
    new NatKeepAlive(net).follow('sip:201@demo', [
      binding('a', 'sip:201@198.51.100.7:5060'),
      binding('b', 'sip:201@10.0.0.5', 'tcp'),
    ])
    assert.equal(net.kept.size, 0)
  })
})
