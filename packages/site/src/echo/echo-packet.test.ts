import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, it } from 'node:test'
import {
  cookieOf,
  type EchoPacket,
  hasRightMac,
  leastEchoBytes,
  readEcho,
  type SeenAddress,
  unknownTos,
  writeEcho,
} from './echo-packet.ts'

const key = new Uint8Array(32).map((_, at) => at)
const macUnder =
  (secret: Uint8Array) =>
  (bytes: Uint8Array): Uint8Array =>
    createHmac('sha256', secret).update(bytes).digest()
const mac = macUnder(key)
const hello: EchoPacket = {
  type: 'hello',
  checkId: '00112233445566ff',
  sequence: 7,
  senderTimeUs: 0xfffffffe,
  lengthBytes: 88,
}
const seen: SeenAddress = { family: 4, address: '192.0.2.33', port: 40_000 }

describe('the packet of the echo service', () => {
  it('writes a hello as the table says, byte for byte', () => {
    assert.equal(
      Buffer.from(writeEcho(hello, mac).subarray(0, 72)).toString('hex'),
      `56584531${'01'}${'00'}${'0058'}${'00112233445566ff'}${'00000007'}${'fffffffe'}${'00'.repeat(12)}${'00'.repeat(36)}`,
    )
    const blank = Buffer.from(writeEcho(hello, mac))
    const sent = Buffer.from(blank.subarray(72, 88))
    blank.fill(0, 72, 88)
    assert.deepEqual(sent, createHmac('sha256', key).update(blank).digest().subarray(0, 16))
  })

  it('inverts every byte of the address that it saw, so that nothing on the way rewrites it', () => {
    const bytes = writeEcho({ ...hello, type: 'echo', seen }, mac)
    const field = '04009c40c0000221'.padEnd(40, '0')
    assert.equal(
      Buffer.from(bytes.subarray(52, 72)).toString('hex'),
      Buffer.from(Uint8Array.from(Buffer.from(field, 'hex'), (byte) => byte ^ 0xff)).toString('hex'),
    )
  })

  for (const address of [seen, { family: 6, address: '2001:db8::1:0:5', port: 65_535 } as const])
    it(`gives back what was written, seen from ${address.address}`, () => {
      const cookie = cookieOf(address, hello.checkId, 3, mac)
      const packet: EchoPacket = {
        ...hello,
        type: 'echo',
        lengthBytes: 1472,
        tos: unknownTos,
        serverTimeUs: 5,
        received: 0xffffffff,
        cookie,
        seen: address,
      }
      const bytes = writeEcho(packet, mac)
      assert.equal(bytes.length, 1472)
      assert.deepEqual(readEcho(bytes), { ok: true, packet })
      assert.equal(hasRightMac(bytes, mac), true)
      assert.equal(hasRightMac(Buffer.from(bytes), mac), true)
      assert.deepEqual(readEcho(Buffer.from(bytes)), { ok: true, packet })
    })

  it('refuses a datagram whose any bit was changed on the way, or that was made without the key', () => {
    const bytes = writeEcho({ ...hello, lengthBytes: 120 }, mac)
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = bytes.slice()
      changed[at] = changed[at]! ^ 1
      assert.equal(hasRightMac(changed, mac), false, `byte ${at}`)
    }
    assert.equal(hasRightMac(bytes, macUnder(new Uint8Array(32))), false)
  })

  it('says what is wrong with bytes that are no packet', () => {
    const good = writeEcho(hello, mac)
    const changed = (at: number, value: number): Uint8Array => {
      const bytes = good.slice()
      bytes[at] = value
      return bytes
    }
    assert.deepEqual(readEcho(good.subarray(0, leastEchoBytes - 1)), { ok: false, reason: 'short' })
    assert.deepEqual(readEcho(changed(0, 0)), { ok: false, reason: 'foreign' })
    assert.deepEqual(readEcho(changed(7, 89)), { ok: false, reason: 'length' })
    assert.deepEqual(readEcho(changed(4, 0)), { ok: false, reason: 'type' })
    assert.deepEqual(readEcho(changed(4, 5)), { ok: false, reason: 'type' })
    assert.deepEqual(readEcho(changed(35, 1)), { ok: false, reason: 'reserved' })
    // Only a probe may ask for a late echo, and not for one in a day.
    assert.deepEqual(readEcho(changed(32, 1)), { ok: false, reason: 'reserved' })
    assert.deepEqual(readEcho(changed(52, 1)), { ok: false, reason: 'address' })
    assert.deepEqual(readEcho(new Uint8Array()), { ok: false, reason: 'short' })
  })

  it('throws for what no datagram can carry', () => {
    assert.throws(() => writeEcho({ ...hello, lengthBytes: 87 }, mac), RangeError)
    assert.throws(() => writeEcho({ ...hello, lengthBytes: 65_508 }, mac), RangeError)
    assert.throws(() => writeEcho({ ...hello, checkId: 'XYZ' }, mac), RangeError)
    assert.throws(() => writeEcho({ ...hello, cookie: new Uint8Array(15) }, mac), RangeError)
  })

  it('gives every address, port, check and epoch its own cookie', () => {
    const cookies = [
      cookieOf(seen, hello.checkId, 1, mac),
      cookieOf({ ...seen, port: 40_001 }, hello.checkId, 1, mac),
      cookieOf({ ...seen, address: '192.0.2.34' }, hello.checkId, 1, mac),
      cookieOf(seen, '0000000000000000', 1, mac),
      cookieOf(seen, hello.checkId, 2, mac),
    ].map((cookie) => Buffer.from(cookie).toString('hex'))
    assert.equal(new Set(cookies).size, cookies.length)
    assert.equal(cookies[0]?.length, 32)
  })

  it('reads nothing from random bytes, and never throws', () => {
    let state = 1
    for (let round = 0; round < 2000; round += 1) {
      const bytes = writeEcho({ ...hello, seen }, mac)
      for (let change = 0; change < 4; change += 1) {
        state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
        bytes[state % bytes.length] = state >> 16
      }
      readEcho(bytes)
      assert.equal(hasRightMac(bytes, mac), false)
    }
  })
})
