import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { describe, it } from 'node:test'
import { issueCertificate, makeAuthority } from '../certificates/certificate-issuer.ts'
import { SeededRandom } from '@vaxel/testkit/seeded-random'
import { openNetwork, optionsRequest, RawPeer } from './network-under-test.ts'

const loopback = { address: '127.0.0.1', port: 0 }
const dayMs = 86_400_000

/** What strangers really send: scanners' requests, other protocols, and noise. */
function badBytes(random: SeededRandom): Uint8Array {
  const openings = [
    '',
    'OPTIONS sip:nm SIP/2.0\r\n',
    'GET / HTTP/1.1\r\n\r\n',
    '\x16\x03\x01\x02',
    '\r\n',
    '\0\x01\0\0!\x12\xa4B',
    'Content-Length: 99999999\r\n\r\n',
  ]
  const opening = Buffer.from(openings[random.between(0, openings.length - 1)]!, 'latin1')
  return Buffer.concat([opening, random.bytes(random.between(1, 400))])
}

describe('a network among strangers', () => {
  it('takes any bytes on any port without a crash or a leak, and serves the next peer as ever', async () => {
    const nowMs = Date.now()
    const certificate = await issueCertificate(await makeAuthority({ commonName: 'a', nowMs, lifetimeMs: dayMs }), {
      commonName: 'a',
      names: ['127.0.0.1'],
      nowMs,
      lifetimeMs: dayMs,
      uses: ['serverAuth'],
    })
    const net = await openNetwork({ udp: [loopback], tcp: [loopback], tls: [{ ...loopback, certificate }] })
    const random = new SeededRandom(7)
    const socket = createSocket('udp4')
    for (let i = 0; i < 150; i++) {
      socket.send(badBytes(random), net.port('udp'), '127.0.0.1')
      for (const protocol of ['tcp', 'tls'] as const) {
        const peer = await RawPeer.tcp(net.port(protocol))
        await peer.write(badBytes(random))
        peer.socket.end()
        await peer.ended
      }
    }
    while (net.network.counts().incoming > 0) await new Promise((resolve) => setImmediate(resolve))
    assert.equal(net.network.counts().connections, 0)
    const peer = await RawPeer.tcp(net.port('tcp'))
    await peer.write(optionsRequest('a phone'))
    while ((await net.nextMessage()).text !== optionsRequest('a phone'));
    peer.socket.destroy()
    socket.close()
    await net.close()
  })
})
