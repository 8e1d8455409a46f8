import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { machineName, ownHost } from './own-name.ts'

describe('the name of this machine', () => {
  it('is none where the system has none that a certificate could hold', () => {
    assert.deepEqual(
      ['pbx', 'PBX-2.example', 'pbx_1'].map((name) => machineName(name)),
      ['pbx', 'PBX-2.example', 'pbx_1'],
    )
    for (const none of ['(none)', '', 'pbx.', '-pbx', 'my pbx', `${'a'.repeat(64)}.example`])
      assert.equal(machineName(none), undefined, none)
  })

  it('can stand in a URL in any case, which push services demand', () => {
    assert.equal(ownHost({ publicAddress: undefined }, 'pbx'), 'pbx')
    assert.equal(ownHost({ publicAddress: undefined }, ''), 'vaxel.invalid')
    assert.equal(ownHost({ publicAddress: '203.0.113.5' }, 'pbx'), '203.0.113.5')
    assert.equal(new URL(`https://${ownHost({ publicAddress: '2001:db8::1' }, 'pbx')}`).hostname, '[2001:db8::1]')
  })
})
