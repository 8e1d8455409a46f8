import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { AgreedAudio } from '@vaxel/sip/sdp'
import { SharedPort } from '../ice/shared-port.ts'
import { writeRtpHeader } from '../rtp/rtp-header.ts'
import { SrtpSender } from '../srtp/srtp-transform.ts'
import { UdpAddress } from '../udp/udp-address.ts'
import type { DatagramReceiver, UdpNetwork, UdpSocket } from '../udp/udp-network.ts'
import { AudioLeg } from './audio-leg.ts'
import { hearLeg } from './feeds.ts'
import { LegTransport } from './leg-transport.ts'

const warmUpPackets = 100_000
const packets = 20_000
/**
 * What a packet may leave for the garbage collector, bytes: numbers with a fraction (times) that cross from one function to another
 * that is not part of it, 16 bytes each. How many do is the compiler's choice, which it makes anew in each process: one when nothing
 * is encrypted, two or three when it is. An object, a closure or a copy of the packet is 24 bytes and more by itself.
 */
const mostBytes = { rtp: 32, sdes: 52 }
const suite = 'AES_CM_128_HMAC_SHA1_80'

/** Sockets without a system under them: what is sent is counted. */
class SilentNetwork implements UdpNetwork {
  sent = 0
  readonly sockets: (UdpSocket & { receive: DatagramReceiver })[] = []

  bind({ port, receive }: { port: number; receive: DatagramReceiver }): Promise<UdpSocket> {
    const socket = { local: address(port), receive, send: () => void this.sent++, close: () => {} }
    this.sockets.push(socket)
    return Promise.resolve(socket)
  }

  flush(): void {}
  close(): void {}
}

const address = (port: number): UdpAddress => UdpAddress.parse('127.0.0.1', port)!
const key = (seed: number): Uint8Array => Uint8Array.from({ length: 30 }, (_, i) => (i * 7 + seed) & 255)

function agreedOn(keying: 'rtp' | 'sdes', port: number): AgreedAudio {
  return {
    codec: 'PCMA',
    sendPayloadType: 8,
    sendPtimeMs: 20,
    sendInbandFec: false,
    receive: [{ payloadType: 8, codec: 'PCMA' }],
    receiveEvents: [],
    keying,
    ...(keying === 'sdes' && { sdes: { suite, send: key(1), receive: key(2) } }),
    remote: { address: '127.0.0.1', rtpPort: port, rtcpPort: port + 1 },
    rtcpMux: false,
    direction: 'sendrecv',
    peerDirection: 'sendrecv',
  }
}

async function legOn(network: SilentNetwork, keying: 'rtp' | 'sdes', port: number): Promise<AudioLeg> {
  const leg = new AudioLeg({
    transport: (listener) =>
      new LegTransport({ network, sharedPort: new SharedPort(1), dtls: undefined, signalling: undefined, listener }),
    listener: { digit() {}, audioStarted() {}, silent() {}, quiet() {}, heard() {}, failed() {}, broke() {} },
    wallClock: () => performance.now(),
    wallOf: (monotonicMs) => monotonicMs,
    random: (count) => new Uint8Array(count),
    silentAfterMs: 10_000,
  })
  assert.ok(await leg.transport.openPorts('127.0.0.1', port))
  leg.configure(agreedOn(keying, port + 1000), performance.now())
  return leg
}

describe('a relayed packet', () => {
  for (const keying of ['rtp', 'sdes'] as const) {
    it(`leaves nothing behind but a few numbers (${keying})`, async () => {
      const network = new SilentNetwork()
      const [a, b] = [await legOn(network, keying, 5000), await legOn(network, keying, 5002)]
      const feed = hearLeg(b, a)
      const sender = keying === 'sdes' ? new SrtpSender(suite, key(2)) : undefined
      const packet = Buffer.from(new ArrayBuffer(2048))
      const from = address(6000)
      let sequence = 0
      const pass = (count: number) => {
        for (let i = 0; i < count; i++) {
          sequence++
          packet.fill(0xd5, 12, 172)
          writeRtpHeader(packet, false, 8, sequence & 0xffff, sequence * 160, 77)
          const length = sender ? sender.protectRtp(packet, 172) : 172
          network.sockets[0]!.receive(packet, length, from, sequence * 20 + 0.5)
        }
      }
      pass(warmUpPackets)
      // The lowest of some: collecting garbage and compiling show in single ones.
      let least = Number.POSITIVE_INFINITY
      for (let round = 0; round < 5; round++) {
        const before = process.memoryUsage().heapUsed
        pass(packets)
        const bytes = process.memoryUsage().heapUsed - before
        if (bytes >= 0) least = Math.min(least, bytes / packets)
      }
      assert.equal(network.sent, warmUpPackets + 5 * packets)
      assert.ok(least <= mostBytes[keying], `${least.toFixed(1)} bytes a packet`)
      feed.close()
      a.close(0)
      b.close(0)
      sender?.close()
    })
  }
})
