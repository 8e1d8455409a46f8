import assert from 'node:assert/strict'
import { createHmac, createSecretKey } from 'node:crypto'
import { describe, it } from 'node:test'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { UdpAddress } from '../udp/udp-address.ts'
import type { UdpSocket } from '../udp/udp-network.ts'
import { consentMs, IceSession } from './ice-session.ts'
import { SharedPort } from './shared-port.ts'
import { bindingRequest, bindingSuccess, hasIntegrity, magicCookie, readStun, writeStunAnswer } from './stun-message.ts'

const hex = (text: string) => Buffer.from(text.replace(/\s/g, ''), 'hex')

/** RFC 5769 §2.1. */
const sampleRequest = hex(`
  00010058 2112a442 b7e7a701 bc34d686 fa87dfae 80220010 5354554e 20746573 7420636c 69656e74
  00240004 6e0001ff 80290008 932ff9b1 51263b36 00060009 6576746a 3a683676 59202020
  00080014 9aeaa70c bfd8cb56 781ef2b5 b2d3f249 c1b571a2 80280004 e57a3bcf`)
const samplePassword = 'VOkJxbRl1RmTxUk/WvJxBt'

interface Check {
  username?: string
  password?: string
  attributes?: [number, Buffer][]
  type?: number
}

function check({
  username = 'ours:theirs',
  password = 'p'.repeat(22),
  attributes = [],
  type = bindingRequest,
}: Check = {}): Buffer {
  const parts: Buffer[] = []
  const add = (attribute: number, value: Buffer) => {
    const head = Buffer.alloc(4)
    head.writeUInt16BE(attribute, 0)
    head.writeUInt16BE(value.length, 2)
    parts.push(head, value, Buffer.alloc((4 - (value.length % 4)) % 4))
  }
  const packet = (extra: number) => {
    const body = Buffer.concat(parts)
    const head = Buffer.alloc(20, 5)
    head.writeUInt16BE(type, 0)
    head.writeUInt16BE(body.length + extra, 2)
    head.writeUInt32BE(magicCookie, 4)
    return Buffer.concat([head, body])
  }
  add(0x0006, Buffer.from(username))
  for (const [attribute, value] of attributes) add(attribute, value)
  add(0x0008, createHmac('sha1', password).update(packet(24)).digest())
  const crc = Buffer.alloc(4)
  crc.writeUInt32BE((crc32(packet(8)) ^ 0x5354554e) >>> 0)
  add(0x8028, crc)
  return packet(0)
}

const controlling: [number, Buffer] = [0x802a, Buffer.alloc(8, 1)]
const useCandidate: [number, Buffer] = [0x0025, Buffer.alloc(0)]
const at = (text: string, port = 4000) => UdpAddress.parse(text, port)!

function sharedPort() {
  const port = new SharedPort(1234)
  const sent: { packet: Buffer; to: string }[] = []
  const socket: UdpSocket = {
    local: at('192.0.2.9'),
    receive() {},
    send: (buffer, length, to) => void sent.push({ packet: Buffer.from(buffer.subarray(0, length)), to: String(to) }),
    close() {},
  }
  const got: string[] = []
  const peer = { receive: (_: Buffer, length: number, from: UdpAddress) => void got.push(`${length} from ${from}`) }
  const session = port.add({ ufrag: 'ours', password: 'p'.repeat(22) }, peer)
  const receive = (packet: Buffer, from: UdpAddress, nowMs = 0) =>
    port.receive(socket, packet, packet.length, from, nowMs)
  return { port, session, sent, got, receive, socket }
}

describe('STUN messages (RFC 8489)', () => {
  it('reads the sample request of RFC 5769 §2.1', () => {
    const message = readStun(sampleRequest, sampleRequest.length)!
    assert.equal(message.username, 'evtj:h6vY')
    assert.equal(message.priority, 0x6e0001ff)
    assert.equal(message.role, 'controlled')
    assert.ok(message.hasFingerprint)
    assert.ok(hasIntegrity(sampleRequest, message, createSecretKey(Buffer.from(samplePassword))))
    assert.ok(!hasIntegrity(sampleRequest, message, createSecretKey(Buffer.from('another'))))
  })

  it('writes the mapped addresses of the sample responses (§2.2, §2.3)', () => {
    const out = Buffer.alloc(200)
    const transactionId = sampleRequest.subarray(8, 20)
    const password = createSecretKey(Buffer.from(samplePassword))
    const four = writeStunAnswer(
      out,
      { type: bindingSuccess, transactionId, mapped: at('192.0.2.1', 32_853) },
      password,
    )
    assert.equal(out.toString('hex', 20, 32), '002000080001a147e112a643')
    assert.ok(hasIntegrity(out, readStun(out, four)!, password))
    const mapped = at('2001:db8:1234:5678:11:2233:4455:6677', 32_853)
    writeStunAnswer(out, { type: bindingSuccess, transactionId, mapped }, password)
    assert.equal(out.toString('hex', 20, 44), '002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9')
  })

  it('refuses what was changed and survives anything', () => {
    for (let i = 0; i < sampleRequest.length; i++) {
      // The type of the last attribute: what follows MESSAGE-INTEGRITY may be anything but a wrong FINGERPRINT.
      if (i === 100 || i === 101) continue
      const changed = Buffer.from(sampleRequest)
      changed[i]! ^= 4
      assert.equal(readStun(changed, changed.length), undefined, `byte ${i}`)
      assert.equal(readStun(sampleRequest, i), undefined)
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (body) => {
        const packet = Buffer.concat([sampleRequest.subarray(0, 20), body, Buffer.alloc((4 - (body.length % 4)) % 4)])
        packet.writeUInt16BE(packet.length - 20, 2)
        const message = readStun(packet, packet.length)
        if (message) hasIntegrity(packet, message, createSecretKey(Buffer.from('x')))
      }),
    )
  })
})

describe('SharedPort (RFC 8445 §2.5, §7.3)', () => {
  it('answers a check of a session and then takes packets from that address', () => {
    const { session, sent, got, receive } = sharedPort()
    const from = at('198.51.100.7')
    receive(Buffer.from([0x80, 8, 0, 0]), from)
    assert.deepEqual(got, [], 'nothing before the check')
    receive(check({ attributes: [controlling] }), from)
    assert.equal(sent[0]?.to, '198.51.100.7:4000')
    const answer = readStun(sent[0]!.packet, sent[0]!.packet.length)!
    assert.equal(answer.type, bindingSuccess)
    assert.ok(hasIntegrity(sent[0]!.packet, answer, session.password))
    receive(Buffer.from([0x80, 8, 0, 0]), from)
    receive(Buffer.from([0x80, 8, 0, 0]), at('198.51.100.7', 4001))
    assert.deepEqual(got, ['4 from 198.51.100.7:4000'])
  })

  it('tells nothing to who does not know ufrag and password', () => {
    const { port, sent, receive } = sharedPort()
    receive(check({ username: 'other:theirs' }), at('198.51.100.7'))
    receive(check({ username: 'ours' }), at('198.51.100.7'))
    receive(check({ password: 'guessed' }), at('198.51.100.7'))
    receive(check({ type: 0x0003 }), at('198.51.100.7'))
    receive(sampleRequest, at('198.51.100.7'))
    assert.deepEqual(sent, [])
    assert.equal(port.dropped, 5)
  })

  it('sends where the peer chose, as long as it has consent (RFC 7675)', () => {
    const { port, session, sent, receive } = sharedPort()
    assert.ok(!port.send(session, Buffer.alloc(10), 10, 0))
    receive(check({ attributes: [controlling, useCandidate] }), at('198.51.100.7'), 0)
    receive(check({ attributes: [controlling] }), at('203.0.113.5'), 10)
    sent.length = 0
    assert.ok(port.send(session, Buffer.alloc(10), 10, 20))
    assert.equal(sent[0]?.to, '198.51.100.7:4000')
    receive(check({ attributes: [controlling, useCandidate] }), at('203.0.113.5'), 30)
    sent.length = 0
    assert.ok(port.send(session, Buffer.alloc(10), 10, 40))
    assert.equal(sent[0]?.to, '203.0.113.5:4000')
    assert.ok(port.send(session, Buffer.alloc(10), 10, 30 + consentMs))
    assert.ok(!port.send(session, Buffer.alloc(10), 10, 31 + consentMs))
  })

  it('refuses the controlled role and unknown attributes, and holds the peer to its announced ufrag', () => {
    const { session, sent, receive, got } = sharedPort()
    receive(check({ attributes: [[0x8029, Buffer.alloc(8)]] }), at('198.51.100.7'))
    receive(check({ attributes: [[0x0077, Buffer.alloc(4)]] }), at('198.51.100.7'))
    assert.deepEqual(
      sent.map(({ packet }) => packet.toString('hex', 26, 28)),
      ['0457', '0414'],
    )
    session.setRemoteUfrag('someone')
    receive(check(), at('198.51.100.7'))
    assert.equal(sent.length, 2)
    receive(Buffer.from([0x80, 8, 0, 0]), at('198.51.100.7'))
    assert.deepEqual(got, [], 'a refused check proves nothing')
  })

  it('forgets a session with all its addresses', () => {
    const { port, got, receive, sent } = sharedPort()
    receive(check(), at('198.51.100.7'))
    port.remove('ours')
    receive(Buffer.from([0x80, 8, 0, 0]), at('198.51.100.7'))
    receive(check(), at('198.51.100.7'))
    assert.deepEqual(got, [])
    assert.equal(sent.length, 1)
  })

  it('works on no more than a bounded number of checks of one source', () => {
    const { sent, receive } = sharedPort()
    const packet = check()
    for (let i = 0; i < 1000; i++) receive(packet, at('198.51.100.7', 1000 + i))
    assert.equal(sent.length, 400)
    receive(packet, at('198.51.100.8'))
    assert.equal(sent.length, 401, 'others are not affected')
    receive(packet, at('198.51.100.7'), 1000)
    assert.equal(sent.length, 402)
  })
})

describe('IceSession', () => {
  it('answers where a peer speaks from, of the addresses that it has proven, and follows the one it chooses later', () => {
    const session = new IceSession({ ufrag: 'a', password: 'b' })
    session.check(at('192.0.2.1', 1), false, 0)
    session.check(at('198.51.100.1', 2), false, 10)
    session.peerSpeaks(at('192.0.2.1', 1))
    session.check(at('198.51.100.1', 2), false, 20)
    assert.equal(session.destination(30)?.port, 1)
    session.peerSpeaks(at('203.0.113.9', 9))
    assert.equal(session.destination(30)?.port, 1, 'nobody knows that address')
    session.check(at('198.51.100.1', 2), true, 40)
    assert.equal(session.destination(50)?.port, 2)
  })

  it('keeps a bounded number of addresses, never dropping the chosen one', () => {
    const session = new IceSession({ ufrag: 'a', password: 'b' })
    session.check(at('192.0.2.1', 1), true, 0)
    for (let port = 2; port < 50; port++) session.check(at('192.0.2.1', port), false, port)
    assert.equal(session.addresses.length, 16)
    assert.equal(session.destination(100)?.port, 1)
  })
})
