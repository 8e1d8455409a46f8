import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { plainAddress, sourceOf } from './ip-address.ts'

describe('an address of a flow', () => {
  it('is plain IPv4 where a socket for both families shows it mapped', () => {
    assert.equal(plainAddress('::ffff:192.0.2.7'), '192.0.2.7')
    assert.equal(plainAddress('2001:db8::1'), '2001:db8::1')
    assert.equal(plainAddress('::ffff:c000:207'), '::ffff:c000:207')
  })

  it('counts as one source by IPv4 address or by IPv6 /64', () => {
    assert.equal(sourceOf('192.0.2.7'), '192.0.2.7')
    assert.equal(sourceOf('2001:db8:1:2:3:4:5:6'), sourceOf('2001:db8:1:2::'))
    assert.equal(sourceOf('2001:db8:1:2::9'), '2001:db8:1:2::/64')
    assert.equal(sourceOf('2001:db8::9'), '2001:db8:0:0::/64')
    assert.equal(sourceOf('::1'), '0:0:0:0::/64')
    assert.notEqual(sourceOf('2001:db8:1:2::9'), sourceOf('2001:db8:1:3::9'))
  })
})
