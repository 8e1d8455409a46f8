import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { NetworkInterfaceInfo } from 'node:os'
import { tried } from './names.ts'

const own = (...addresses: string[]): Record<string, NetworkInterfaceInfo[]> => ({
  lo: [{ address: '::1', family: 'IPv6', internal: true } as NetworkInterfaceInfo],
  eth0: addresses.map(
    (address) =>
      ({ address, family: address.includes(':') ? 'IPv6' : 'IPv4', internal: false }) as NetworkInterfaceInfo,
  ),
})

describe('the addresses of a service', () => {
  const both = ['2001:db8::7', '192.0.2.7']

  it('are those of IPv4 where a machine has no IPv6 beyond its link', () => {
    assert.deepEqual(tried(both, own('10.0.0.2', 'fe80::2')), ['192.0.2.7'])
    assert.deepEqual(tried(['::1', '127.0.0.1'], own('10.0.0.2')), ['::1', '127.0.0.1'])
  })

  it('are all of them where it has, and where there are no others', () => {
    assert.deepEqual(tried(both, own('10.0.0.2', 'fe80::2', '2001:db8:1::2')), both)
    assert.deepEqual(tried(['2001:db8::7'], own('10.0.0.2')), ['2001:db8::7'])
  })
})
