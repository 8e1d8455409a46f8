import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, it } from 'node:test'
import { systemRandom } from '@vaxel/base'
import type { EchoLimits } from '@vaxel/core'
import { type EchoPacket, hasRightMac, readEcho, unknownTos, writeEcho } from '@vaxel/site'
import { UdpAddress } from '../udp/udp-address.ts'
import type { UdpSocket } from '../udp/udp-network.ts'
import { EchoResponder } from './echo-responder.ts'

const id = '0123456789abcdef'
const key = Buffer.alloc(32, 7)
const macUnder = (secret: Uint8Array) => (bytes: Uint8Array) => createHmac('sha256', secret).update(bytes).digest()
const mac = macUnder(key)
const limits: EchoLimits = {
  packetsPerSecond: 100,
  packets: 1_000,
  hellos: 50,
  longestPacketBytes: 1_500,
  sourceAddresses: 3,
  fiveTuples: 5,
}
const at = (address: string, port = 40_000) => UdpAddress.parse(address, port)!
const home = at('192.0.2.1')

/** A responder, and what it sends. */
function responder() {
  const made = new EchoResponder(systemRandom)
  made.add({ id, key, limits })
  const sent: { bytes: Buffer; to: string }[] = []
  const socketAt = (port: number): UdpSocket => ({
    local: at('203.0.113.1', port),
    receive() {},
    send: (buffer, length, to) => void sent.push({ bytes: Buffer.from(buffer.subarray(0, length)), to: String(to) }),
    close() {},
  })
  let inBytes = 0
  const take = (
    bytes: Uint8Array,
    { from = home, nowMs = 1_000, port = 50_000, trafficClass = 184 as number | undefined } = {},
  ) => {
    inBytes += bytes.length
    const before = sent.length
    made.receive(socketAt(port), Buffer.from(bytes), bytes.length, from, nowMs, trafficClass)
    const answer = sent[before]
    if (!answer) return undefined
    assert.equal(sent.length, before + 1, 'one answer at most')
    assert.ok(answer.bytes.length <= bytes.length, 'never longer than the request')
    assert.equal(answer.to, String(from))
    assert.ok(hasRightMac(answer.bytes, mac))
    const read = readEcho(answer.bytes)
    assert.ok(read.ok)
    return read.packet
  }
  const cookieFor = (from = home, nowMs = 1_000) => take(request('hello'), { from, nowMs })!.cookie!
  return {
    made,
    sent,
    take,
    cookieFor,
    bytesIn: () => inBytes,
    bytesOut: () => sent.reduce((sum, { bytes }) => sum + bytes.length, 0),
  }
}

const request = (type: EchoPacket['type'], more: Partial<EchoPacket> = {}, under = mac): Uint8Array =>
  writeEcho({ type, checkId: id, sequence: 5, senderTimeUs: 77, lengthBytes: 200, ...more }, under)

describe('the echo service', () => {
  it('answers a hello by a cookie and a probe with it by an echo, each as long as what it answers', () => {
    const { take } = responder()
    // The server's time of four bytes has just begun anew.
    const nowMs = 4_294_970
    const cookie = take(request('hello', { lengthBytes: 88 }), { nowMs })
    assert.equal(cookie?.type, 'cookie')
    assert.equal(cookie?.lengthBytes, 88)
    const echo = take(request('probe', { cookie: cookie!.cookie!, lengthBytes: 1_400 }), {
      nowMs,
    })
    assert.deepEqual(
      { ...echo, cookie: undefined },
      {
        type: 'echo',
        checkId: id,
        sequence: 5,
        senderTimeUs: 77,
        lengthBytes: 1_400,
        tos: 184,
        serverTimeUs: 4_294_970_000 - 4_294_967_296,
        received: 1,
        seen: { family: 4, address: '192.0.2.1', port: 40_000 },
        cookie: undefined,
      },
    )
  })

  it('counts the probes of each five-tuple apart', () => {
    const { take, cookieFor } = responder()
    const cookie = cookieFor()
    assert.equal(take(request('probe', { cookie }), { port: 50_000 })?.received, 1)
    assert.equal(take(request('probe', { cookie }), { port: 50_000 })?.received, 2)
    assert.equal(take(request('probe', { cookie }), { port: 50_001 })?.received, 1)
  })

  it('says 255 for a ToS octet that the system does not tell', () => {
    const { made, sent } = responder()
    const bytes = Buffer.from(request('hello'))
    const socket = {
      local: home,
      receive() {},
      close() {},
      send: (buffer: Uint8Array) => void sent.push({ bytes: Buffer.from(buffer), to: '' }),
    }
    made.receive(socket, bytes, bytes.length, home, 0, undefined)
    assert.equal(sent[0]?.bytes[5], unknownTos)
  })

  it('answers over IPv6, and names that address', () => {
    const { take } = responder()
    const answer = take(request('hello'), { from: at('2001:db8::7', 9) })
    assert.deepEqual(answer?.seen, { family: 6, address: '2001:db8::7', port: 9 })
  })

  const silent: readonly (readonly [string, (around: ReturnType<typeof responder>) => EchoPacket | undefined])[] = [
    ['a probe without a cookie', ({ take }) => take(request('probe'))],
    [
      'a probe with the cookie of another port',
      ({ take, cookieFor }) => take(request('probe', { cookie: cookieFor() }), { from: at('192.0.2.1', 40_001) }),
    ],
    [
      'a probe with the cookie of another address',
      ({ take, cookieFor }) => take(request('probe', { cookie: cookieFor() }), { from: at('192.0.2.2') }),
    ],
    [
      'a probe with a cookie of another server',
      ({ take }) => take(request('probe', { cookie: responder().cookieFor() })),
    ],
    [
      'a probe with a cookie of half an hour ago',
      ({ take, cookieFor }) => take(request('probe', { cookie: cookieFor() }), { nowMs: 1_802_000 }),
    ],
    ['a hello under another key', ({ take }) => take(request('hello', {}, macUnder(Buffer.alloc(32))))],
    ['a hello of a check that never was', ({ take }) => take(request('hello', { checkId: 'f'.repeat(16) }))],
    ['a hello of a check that has ended', ({ take, made }) => (made.remove(id), take(request('hello')))],
    ['its own cookie, sent back', ({ take }) => take(request('cookie'))],
    ['its own echo, sent back', ({ take }) => take(request('echo'))],
    ['a datagram longer than a check may send', ({ take }) => take(request('hello', { lengthBytes: 1_501 }))],
    ['a datagram that was cut', ({ take }) => take(request('hello').subarray(0, 150))],
    ['a datagram with something added', ({ take }) => take(Buffer.concat([request('hello'), Buffer.alloc(1)]))],
    [
      'a hello of which one bit changed',
      ({ take }) => take(request('hello').map((byte, index) => (index === 100 ? byte ^ 1 : byte))),
    ],
  ]
  for (const [what, ask] of silent) it(`is silent to ${what}`, () => assert.equal(ask(responder()), undefined))

  it('takes a cookie as long as a check lives, whenever it was given', () => {
    for (let minute = 0; minute < 60; minute += 1) {
      const { take, cookieFor } = responder()
      const nowMs = minute * 60_000 + 59_000
      const cookie = cookieFor(home, nowMs)
      for (let later = 0; later <= 15; later += 1)
        assert.equal(take(request('probe', { cookie }), { nowMs: nowMs + later * 60_000 })?.type, 'echo')
    }
  })

  it('sends cookies to few addresses only, however many are forged: nobody can be flooded through it', () => {
    const { take, sent, bytesIn, bytesOut } = responder()
    for (let index = 0; index < 10_000; index += 1)
      take(request('hello', { lengthBytes: 1_400 }), {
        from: at(`198.51.${index >> 8}.${index & 255}`),
        nowMs: index * 100,
      })
    assert.equal(new Set(sent.map(({ to }) => to)).size, limits.sourceAddresses)
    assert.equal(sent.length, limits.sourceAddresses)
    assert.ok(bytesOut() * 1_000 < bytesIn())
  })

  it('answers ten thousand hellos from one address by as many as a check may have', () => {
    const { take, sent } = responder()
    for (let index = 0; index < 10_000; index += 1) take(request('hello'), { nowMs: index * 100 })
    assert.equal(sent.length, limits.hellos)
  })

  it('answers a replayed probe no faster than a check may go, and no longer than it may in all', () => {
    const { take, cookieFor, sent } = responder()
    const probe = request('probe', { cookie: cookieFor() })
    for (let index = 0; index < 5_000; index += 1) take(probe, { nowMs: 1_000 })
    assert.equal(sent.length, limits.packetsPerSecond)
    for (let index = 0; index < 100_000; index += 1) take(probe, { nowMs: 2_000 + index })
    assert.equal(sent.length, limits.packets)
  })

  it('costs the owner of a check nothing when somebody replays its probes from elsewhere', () => {
    const { take, cookieFor } = responder()
    const probe = request('probe', { cookie: cookieFor() })
    for (let index = 0; index < 900; index += 1) assert.equal(take(probe, { from: at('198.51.100.9') }), undefined)
    assert.equal(take(probe)?.received, 1)
  })

  it('keeps no more five-tuples than a check may have', () => {
    const { take, cookieFor } = responder()
    const cookie = cookieFor()
    const answered = Array.from({ length: 20 }, (_, index) =>
      take(request('probe', { cookie }), { port: 50_000 + index }),
    )
    assert.equal(answered.filter(Boolean).length, limits.fiveTuples)
    assert.equal(take(request('probe', { cookie }), { port: 50_000 })?.received, 2)
  })

  it('knows where packets came that it did not answer, as long as they were the check’s own', () => {
    const { take, made } = responder()
    for (let index = 0; index < 60; index += 1) take(request('hello'), { nowMs: 1_000 * index, port: 50_000 })
    take(request('probe'), { port: 50_002 })
    take(request('hello', {}, macUnder(Buffer.alloc(32))), { port: 50_004 })
    take(request('echo'), { port: 50_006 })
    assert.deepEqual(made.heard(id), [
      { port: 50_000, hellos: 60, probes: 0 },
      { port: 50_002, hellos: 0, probes: 1 },
    ])
    assert.deepEqual(made.heard('f'.repeat(16)), [])
  })

  it('limits what all checks together send', () => {
    const made = new EchoResponder(systemRandom)
    let bytes = 0
    const socket: UdpSocket = { local: home, receive() {}, close() {}, send: (_, length) => void (bytes += length) }
    const generous = {
      ...limits,
      packetsPerSecond: 1e6,
      packets: 1e6,
      hellos: 1e6,
      sourceAddresses: 1e6,
      longestPacketBytes: 1_500,
    }
    for (let check = 0; check < 10; check += 1) made.add({ id: String(check).repeat(16), key, limits: generous })
    for (let index = 0; index < 5_000; index += 1) {
      const hello = Buffer.from(request('hello', { checkId: String(index % 10).repeat(16), lengthBytes: 1_400 }))
      made.receive(socket, hello, hello.length, at(`198.51.100.${index % 200}`), 1_000, 0)
    }
    assert.ok(bytes <= 2_000_000, `${bytes}`)
  })

  it('sends an echo later where that is asked, a bounded number of them, and none for a check that has ended', () => {
    const timers: { delayMs: number; act: () => void }[] = []
    const made = new EchoResponder(systemRandom, (delayMs, act) => void timers.push({ delayMs, act }))
    made.add({ id, key, limits })
    const sent: { bytes: Buffer; to: string }[] = []
    const socket: UdpSocket = {
      local: home,
      receive() {},
      close() {},
      send: (bytes, length, to) => void sent.push({ bytes: Buffer.from(bytes.subarray(0, length)), to: String(to) }),
    }
    const from = at('192.0.2.7')
    const take = (bytes: Uint8Array, nowMs: number) =>
      made.receive(socket, Buffer.from(bytes), bytes.length, from, nowMs, 0)
    take(request('hello'), 1_000)
    const read = readEcho(sent.pop()!.bytes)
    assert.ok(read.ok)
    const { cookie } = read.packet
    take(request('probe', { cookie: cookie!, delayMs: 30_000 }), 1_000)
    assert.equal(sent.length, 0)
    // The address that a receiver is given is used again for the next datagram.
    from.setText('192.0.2.99', 9)
    assert.equal(timers[0]?.delayMs, 30_000)
    timers[0].act()
    assert.deepEqual(
      sent.map(({ to }) => to),
      [String(at('192.0.2.7'))],
    )
    from.copyFrom(at('192.0.2.7'))
    for (let count = 0; count < 50; count += 1)
      take(request('probe', { cookie: cookie!, delayMs: 30_000 }), 3_000 + count * 100)
    assert.equal(timers.length, 1 + 32)
    made.remove(id)
    for (const { act } of timers.slice(1)) act()
    assert.equal(sent.length, 1)
  })

  it('is told from media by its first bytes', () => {
    assert.ok(EchoResponder.claims(request('hello'), 200))
    for (const first of [0, 1, 20, 63, 64, 128, 191]) assert.ok(!EchoResponder.claims(Buffer.alloc(100, first), 100))
  })
})
