import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { plainAddress } from './ip-address.ts'

describe('an address of a flow', () => {
  it('is plain IPv4 where a socket for both families shows it mapped', () => {
    assert.equal(plainAddress('::ffff:192.0.2.7'), '192.0.2.7')
    assert.equal(plainAddress('2001:db8::1'), '2001:db8::1')
    assert.equal(plainAddress('::ffff:c000:207'), '::ffff:c000:207')
  })
})
