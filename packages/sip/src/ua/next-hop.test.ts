import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { insteadOf, isPrivateAddress, isUnicastAddress, reachesBy } from './next-hop.ts'
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
    assert.deepEqual(insteadOf(near, targets), targets)
    assert.deepEqual(insteadOf(undefined, targets), targets)
  })
  it('is nothing but the very machine for a registered phone, wherever its Contact points', () => {
    const inner = host.flowTo('192.168.1.2', 'tcp')
    assert.deepEqual(insteadOf(inner, targets, true), [targets[0]])
    assert.deepEqual(insteadOf(near, targets, true), [])
    assert.deepEqual(insteadOf(tcp, targets, true), [])
  })
  it('is nothing on this machine, this link or a port of other services, unless the peer was there', () => {
    const aims = [
      ['127.0.0.1', 5060],
      ['::1', 5060],
      ['0:0:0:0:0:0:0:1', 6379],
      ['169.254.169.254', 8080],
      ['fe80::1', 5060],
      ['192.168.1.9', 22],
      ['192.168.1.2', 25],
      ['198.51.100.7', 80],
    ] as const
    const all = aims.map(([address, port]) => ({ protocol: 'tcp' as const, address, port }))
    for (const flow of [near, tcp]) assert.deepEqual(insteadOf(flow, all), [])
    const here = host.flowTo('127.0.0.1', 'tcp', 443)
    const back = { protocol: 'tcp' as const, address: '127.0.0.1', port: 443 }
    assert.deepEqual(insteadOf(here, [back, { ...back, port: 5070 }, { ...back, port: 22 }]).length, 2)
  })
  it('is never an address that no machine has, nor port 0, whoever says so', () => {
    const aims = ['0.0.0.0', '224.0.0.1', '239.255.255.250', '255.255.255.255', '::', 'ff02::1', '::ffff:10.0.0.1']
    const all = [...aims.map((address) => ({ address, port: 5060 })), { address: '192.168.1.9', port: 0 }]
    for (const flow of [undefined, near, tcp])
      assert.deepEqual(
        insteadOf(
          flow,
          all.map((aim) => ({ protocol: 'udp' as const, ...aim })),
        ),
        [],
      )
    for (const address of aims) assert.equal(isUnicastAddress(address), false, address)
    for (const address of ['phone.test', '0.phone.test', '10.0.0.1', '2001:db8::ff02', 'x.invalid', '127.0.0.1', '::1'])
      assert.equal(isUnicastAddress(address), true, address)
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
