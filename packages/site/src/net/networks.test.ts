import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isInNetworks, mayComeFrom } from './networks.ts'

describe('networks that somebody may come from', () => {
  it('hold the addresses in them and no others', () => {
    const networks = ['192.0.2.0/24', '198.51.100.7', '203.0.113.10-20', '2001:db8:1::/48']
    for (const address of ['192.0.2.255', '198.51.100.7', '203.0.113.20', '2001:db8:1:ffff::1', '::ffff:192.0.2.1'])
      assert.equal(isInNetworks(networks, address), true, address)
    for (const address of ['192.0.3.0', '198.51.100.8', '203.0.113.21', '2001:db8:2::', '::192.0.2.1', 'host', ''])
      assert.equal(isInNetworks(networks, address), false, address)
  })

  it('hold an address whose zone is named', () => {
    assert.equal(isInNetworks(['fe80::/10'], 'fe80::1%eth0'), true)
  })

  it('hold nothing where they cannot be read, or there are none', () => {
    assert.equal(isInNetworks(['everywhere'], '192.0.2.1'), false)
    assert.equal(isInNetworks([], '192.0.2.1'), false)
    assert.equal(isInNetworks(['0.0.0.0/0'], '2001:db8::1'), false)
  })

  it('are everywhere where none are named, and never shut out the machine itself', () => {
    assert.equal(mayComeFrom(undefined, { address: '192.0.2.1' }), true)
    assert.equal(mayComeFrom(['198.51.100.0/24'], { address: '192.0.2.1' }), false)
    assert.equal(mayComeFrom(['198.51.100.0/24'], { address: '127.0.0.1' }), false)
    assert.equal(mayComeFrom(['198.51.100.0/24'], { address: '127.0.0.1', isThisMachine: true }), true)
  })
})
