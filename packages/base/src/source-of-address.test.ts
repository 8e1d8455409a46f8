import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isLoopback, sourceOfAddress } from './source-of-address.ts'

describe('the source of an address', () => {
  it('is an IPv4 address itself, however it is shown', () => {
    assert.equal(sourceOfAddress('192.0.2.7'), '192.0.2.7')
    assert.equal(sourceOfAddress('::ffff:192.0.2.7'), '192.0.2.7')
  })

  it('is the /64 of an IPv6 address, however it is written', () => {
    assert.equal(sourceOfAddress('2001:db8:1:2:3:4:5:6'), sourceOfAddress('2001:db8:1:2::'))
    assert.equal(sourceOfAddress('2001:db8:1:2::9'), '2001:db8:1:2::/64')
    assert.equal(sourceOfAddress('2001:DB8:0001:2::9'), '2001:db8:1:2::/64')
    assert.equal(sourceOfAddress('2001:db8::9'), '2001:db8:0:0::/64')
    assert.equal(sourceOfAddress('fe80::1%eth0'), 'fe80:0:0:0::/64')
    assert.equal(sourceOfAddress('::1'), '0:0:0:0::/64')
    assert.notEqual(sourceOfAddress('2001:db8:1:2::9'), sourceOfAddress('2001:db8:1:3::9'))
  })

  it('is the machine itself by its loopback addresses', () => {
    assert.deepEqual(['127.0.0.1', '127.9.9.9', '::1', '192.0.2.1'].map(isLoopback), [true, true, true, false])
  })
})
