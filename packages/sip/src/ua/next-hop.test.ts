import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { insteadOf, isPrivateAddress, reachesBy } from './next-hop.ts'
import { InMemoryNetwork } from './testing/in-memory-network.ts'
import { TestClock } from './testing/test-clock.ts'

const host = new InMemoryNetwork(new TestClock()).host('198.51.100.1', { protocols: ['udp', 'tcp'] })
const udp = host.flowTo('203.0.113.5', 'udp', 5062)
const tcp = host.flowTo('203.0.113.5', 'tcp', 5062)

describe('whether a request keeps to its flow', () => {
  for (const [name, flow, nextHop, isPinned, expected] of [
    ['an open connection is used again', tcp, 'sip:x@elsewhere.test', false, true],
    ['a pair of endpoints that is the next hop is', udp, 'sip:x@203.0.113.5:5062', false, true],
    ['another port is resolved', udp, 'sip:x@203.0.113.5', false, false],
    ['another protocol is resolved', udp, 'sip:x@203.0.113.5:5062;transport=tcp', false, false],
    ['sips is resolved', udp, 'sips:x@203.0.113.5:5062', false, false],
    ['a name is resolved', udp, 'sip:x@proxy.test', false, false],
    ['a pinned flow is used whatever the Contact says', udp, 'sip:x@proxy.test', true, true],
    ['a private Contact behind a public address is reached by the flow', udp, 'sip:x@192.168.1.2:5060', false, true],
    ['no flow, no way', undefined, 'sip:x@203.0.113.5:5062', true, false],
  ] as const) {
    it(name, () => assert.equal(reachesBy(flow, nextHop, isPinned), expected))
  }
})

describe('what stands in for a flow that is gone', () => {
  const targets = ['192.168.1.2', '198.51.100.7'].map((address) => ({ protocol: 'udp' as const, address, port: 5060 }))
  const near = host.flowTo('192.168.1.9', 'tcp')

  it('is no private address of a peer that came from a public one: here that is another machine', () => {
    assert.deepEqual(insteadOf(tcp, targets), [targets[1]])
  })
  it('may be one where the peer came from a private address itself, or was never seen', () => {
    assert.equal(insteadOf(near, targets), targets)
    assert.equal(insteadOf(undefined, targets), targets)
  })
})

describe('private addresses', () => {
  it('are those that mean something else elsewhere', () => {
    for (const address of [
      '10.1.2.3',
      '127.0.0.1',
      '172.16.0.1',
      '172.31.9.9',
      '192.168.0.1',
      '100.64.0.1',
      '::1',
      'fe80::1',
      'fd00::1',
    ]) {
      assert.equal(isPrivateAddress(address), true, address)
    }
    for (const address of ['8.8.8.8', '172.32.0.1', '100.128.0.1', '2001:db8::1', 'phone.test']) {
      assert.equal(isPrivateAddress(address), false, address)
    }
  })
})
