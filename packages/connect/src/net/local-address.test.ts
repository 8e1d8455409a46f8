import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { LocalAddresses } from './local-address.ts'

describe('the local address towards a peer', () => {
  it('is loopback for loopback, in both families, and unknown for what is no address', () => {
    const addresses = new LocalAddresses(new VirtualClock())
    assert.equal(addresses.towards('127.0.0.1'), '127.0.0.1')
    assert.equal(addresses.towards('::1'), '::1')
    assert.equal(addresses.towards('example.org'), undefined)
  })

  it('is asked once a minute for each peer, and kept for a bounded number of them', () => {
    const clock = new VirtualClock()
    const asked: string[] = []
    const addresses = new LocalAddresses(clock, (remote) => {
      asked.push(remote)
      return '192.0.2.1'
    })
    addresses.towards('198.51.100.1')
    addresses.towards('198.51.100.1')
    assert.equal(asked.length, 1)
    clock.advance(60_000)
    addresses.towards('198.51.100.1')
    assert.equal(asked.length, 2)
    for (let i = 0; i < 17_000; i++) addresses.towards(`10.0.${i >> 8}.${i & 255}`)
    addresses.towards('198.51.100.1')
    assert.equal(asked.at(-1), '198.51.100.1')
  })
})
