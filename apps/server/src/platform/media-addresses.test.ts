import assert from 'node:assert/strict'
import type { NetworkInterfaceInfo } from 'node:os'
import { describe, it } from 'node:test'
import { mediaAddresses } from './media-addresses.ts'

const own = (address: string, family: 'IPv4' | 'IPv6', internal: boolean) =>
  ({ address, family, internal }) as NetworkInterfaceInfo
const lo = { lo: [own('127.0.0.1', 'IPv4', true), own('::1', 'IPv6', true)] }
const lan = { ...lo, eth0: [own('192.0.2.7', 'IPv4', false)] }

describe('where audio is bound', () => {
  it('is both families for the wildcard, and IPv4 alone where the machine has no IPv6', () => {
    assert.deepEqual(mediaAddresses('::', false, lan), ['0.0.0.0', '::'])
    assert.deepEqual(mediaAddresses('::', false, { eth0: lan.eth0 }), ['0.0.0.0'])
  })

  it('is one address more in the demo, for the browsers of this machine', () => {
    assert.deepEqual(mediaAddresses('127.0.0.1', true, lan), ['127.0.0.1', '192.0.2.7'])
    assert.deepEqual(mediaAddresses('127.0.0.1', true, lo), ['127.0.0.1'])
    assert.deepEqual(mediaAddresses('127.0.0.1', false, lan), ['127.0.0.1'])
  })
})
