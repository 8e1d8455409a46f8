import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { mediaPolicy, offeredKeyings } from './media-policy.ts'

describe('how the audio of a leg is keyed', () => {
  it('offers DTLS with ICE to a browser', () => {
    const policy = mediaPolicy({ keying: 'auto' }, 'wss', '192.0.2.1', false)
    assert.equal(policy.offer, 'dtls')
    assert.equal(policy.ice, true)
  })

  it('offers SDES inside TLS', () => {
    assert.equal(mediaPolicy({ keying: 'auto' }, 'tls', '192.0.2.1', false).offer, 'sdes')
  })

  it('never sends or takes SDES keys over an open transport', () => {
    for (const protocol of ['udp', 'tcp', 'ws'] as const)
      for (const keying of ['auto', 'sdes', 'dtls', 'none'] as const) {
        const policy = mediaPolicy({ keying }, protocol, '192.0.2.1', false)
        assert.notEqual(policy.offer, 'sdes')
        assert.ok(!policy.accept.includes('sdes'))
      }
  })

  it('takes plain audio from a phone on UDP, which is then marked unencrypted', () => {
    const policy = mediaPolicy({ keying: 'auto' }, 'udp', '192.0.2.1', false)
    assert.equal(policy.offer, 'rtp')
    assert.ok(policy.accept.includes('rtp'))
  })

  it('offers a phone on TLS what is left when it refuses, plain audio last and never where encryption is required', () => {
    assert.deepEqual(offeredKeyings({ keying: 'auto' }, 'tls'), ['sdes', 'dtls', 'rtp'])
    assert.deepEqual(offeredKeyings({ keying: 'auto', encryptionRequired: true }, 'tls'), ['sdes', 'dtls'])
    assert.deepEqual(offeredKeyings({ keying: 'none', encryptionRequired: true }, 'udp'), ['dtls'])
  })
})
