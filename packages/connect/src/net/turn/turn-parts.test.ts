import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { canonicalAddress, readXorAddress, writeXorAddress } from '../xor-address.ts'
import { relayUrls } from './create-relay.ts'
import { Nonces, nonceMs } from './nonces.ts'
import { OwnMedia } from './relay-targets.ts'
import { StreamFraming } from './stream-framing.ts'

describe('the parts of a relay', () => {
  it('cuts a stream into the same messages, however it comes', () => {
    const stun = Buffer.from('000100002112a4420102030405060708090a0b0c', 'hex')
    const data = Buffer.from('4001000380080000', 'hex')
    const stream = Buffer.concat([stun, data, stun, data])
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: stream.length }), { maxLength: 10 }), (cuts) => {
        const framing = new StreamFraming()
        const places = [0, ...cuts.sort((a, b) => a - b), stream.length]
        const whole = places.slice(1).flatMap((end, i) => framing.push(stream.subarray(places[i], end)))
        assert.deepEqual(
          whole.map((one) => Buffer.from(one).toString('hex')),
          [stun, data, stun, data].map((one) => one.toString('hex')),
        )
        assert.ok(!framing.isWaiting && !framing.isBroken)
      }),
    )
    for (const wrong of ['80080000', '0001ffff', '4001ffff']) {
      const framing = new StreamFraming()
      assert.deepEqual(framing.push(Buffer.from(wrong, 'hex')), [])
      assert.ok(framing.isBroken, wrong)
    }
  })

  it('writes and reads addresses of both families, each in one spelling', () => {
    const id = Buffer.from('2112a442b7e7a701bc34d686fa87dfae', 'hex')
    for (const address of ['192.0.2.1', '2001:db8:1234:5678:11:2233:4455:6677', '::1', '2001:db8::1']) {
      const value = writeXorAddress({ address, port: 32_853 }, id)
      assert.deepEqual(readXorAddress(value, id), { address, port: 32_853 })
    }
    assert.equal(readXorAddress(Buffer.alloc(7), id), undefined)
    assert.equal(canonicalAddress('2001:DB8:0:0:0:0:0:1'), '2001:db8::1')
    assert.equal(canonicalAddress('::ffff:192.0.2.1'), '192.0.2.1')
  })

  it('makes nonces that count for their source and an hour', () => {
    const nonces = new Nonces(Buffer.alloc(32, 1))
    const nonce = nonces.make('192.0.2.1', 5000)
    assert.ok(nonces.counts(nonce, '192.0.2.1', 6000))
    assert.ok(!nonces.counts(nonce, '192.0.2.2', 6000))
    assert.ok(!nonces.counts(nonce, '192.0.2.1', 6000 + nonceMs))
    assert.ok(!new Nonces(Buffer.alloc(32, 2)).counts(nonce, '192.0.2.1', 6000))
    assert.ok(!nonces.counts(Buffer.alloc(24, 0x30), '192.0.2.1', 6000))
  })

  it('knows our media by each address of ours and by the public one, and nothing else', () => {
    const interfaces = () => ({
      lo: [{ address: '127.0.0.1' }],
      eth0: [{ address: '10.0.0.5' }, { address: '2001:db8::5' }, { address: 'fe80::1' }],
    })
    const media = new OwnMedia({
      port: 5004,
      addresses: ['0.0.0.0', '::'],
      publicAddress: '203.0.113.5',
      nowMs: () => 0,
      towards: (remote) => (remote === '127.0.0.1' ? '127.0.0.1' : '10.0.0.5'),
      interfaces: interfaces as unknown as NonNullable<ConstructorParameters<typeof OwnMedia>[0]['interfaces']>,
    })
    assert.deepEqual(media.resolve({ address: '203.0.113.5', port: 5004 }), { address: '10.0.0.5', port: 5004 })
    assert.deepEqual(media.resolve({ address: '2001:db8::5', port: 5004 }), { address: '2001:db8::5', port: 5004 })
    assert.equal(media.resolve({ address: '10.0.0.5', port: 22 }), undefined)
    assert.equal(media.resolve({ address: '10.0.0.6', port: 5004 }), undefined)
    assert.ok(!media.isOwn('fe80::1') && !media.isOwn('0.0.0.0') && media.isOwn('127.0.0.1'))
    assert.equal(media.relayAddress('198.51.100.7', 4), '10.0.0.5')
    assert.equal(media.relayAddress('127.0.0.1', 4), '127.0.0.1')
  })

  it('names the ways to the relay as the page was reached', () => {
    const ports = { stunPort: 3478, httpsPort: 8443 }
    assert.deepEqual(relayUrls('https://a.example', ports), [
      'turn:a.example:3478?transport=udp',
      'turn:a.example:3478?transport=tcp',
      'turns:a.example:443?transport=tcp',
    ])
    assert.equal(relayUrls('http://[::1]:8080', ports)[2], 'turns:[::1]:8443?transport=tcp')
    assert.equal(relayUrls('', { ...ports, publicAddress: '2001:db8::1' })[0], 'turn:[2001:db8::1]:3478?transport=udp')
    assert.deepEqual(relayUrls('', ports), [])
  })
})
