import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { writeRtpHeader } from '../rtp/rtp-header.ts'
import { PacketProtection, srtpForged, srtpMalformed, srtpReplayed, srtpTooManySources } from './packet-protection.ts'
import { ReplayWindow } from './replay-window.ts'
import { deriveSessionKeys, type SrtpProfile, srtpProfiles } from './srtp-keys.ts'
import { SrtpReceiver, SrtpSender } from './srtp-transform.ts'

const hex = (text: string) => Buffer.from(text.replace(/\s/g, ''), 'hex')
const profiles = Object.keys(srtpProfiles) as SrtpProfile[]

function keyFor(profile: SrtpProfile, fill = 7): Uint8Array {
  const { keyBytes, saltBytes } = srtpProfiles[profile]
  return Uint8Array.from({ length: keyBytes + saltBytes }, (_, i) => (i * 31 + fill) & 255)
}

function rtpPacket(sequence: number, ssrc = 0xcafebabe): { packet: Buffer; length: number } {
  const packet = Buffer.alloc(2048, 0xab)
  writeRtpHeader(packet, false, 15, sequence, 0xdecafbad, ssrc)
  return { packet, length: 28 }
}

describe('SRTP key derivation', () => {
  it('gives the keys of RFC 3711 B.3', () => {
    const master = hex('E1F97A0D3E018BE0D64FA32C06DE4139 0EC675AD498AFEEBB6960B3AABE6')
    const keys = deriveSessionKeys('AES_CM_128_HMAC_SHA1_80', master, 'rtp')
    assert.deepEqual(Buffer.from(keys.key), hex('C61E7A93744F39EE10734AFE3FF7A087'))
    assert.deepEqual(Buffer.from(keys.salt), hex('30CBBC08863D8C85D49DB34A9AE1'))
    assert.deepEqual(Buffer.from(keys.authentication), hex('CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4'))
  })

  it('refuses a key of another length', () => {
    assert.throws(() => deriveSessionKeys('AEAD_AES_128_GCM', new Uint8Array(30), 'rtp'))
  })
})

describe('SRTP packets', () => {
  it('are those of libsrtp with AES_CM_128_HMAC_SHA1_80', () => {
    const sender = new SrtpSender(
      'AES_CM_128_HMAC_SHA1_80',
      hex('E1F97A0D3E018BE0D64FA32C06DE4139 0EC675AD498AFEEBB6960B3AABE6'),
    )
    const { packet, length } = rtpPacket(0x1234)
    const protectedLength = sender.protectRtp(packet, length)
    sender.close()
    assert.equal(
      packet.toString('hex', 0, protectedLength),
      '800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb',
    )
  })

  it('are those of RFC 7714 §16.1.1 and §16.2.1 with AEAD', () => {
    const salt = hex('517569642070726f2071756f')
    const expected = {
      AEAD_AES_128_GCM:
        '8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce',
      AEAD_AES_256_GCM:
        '8040f17b8041f8d35501a0b232b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b7aa3db36dfffd6b0f9bb7878d7a76c13',
    }
    for (const profile of ['AEAD_AES_128_GCM', 'AEAD_AES_256_GCM'] as const) {
      const key = Uint8Array.from({ length: srtpProfiles[profile].keyBytes }, (_, i) => i)
      const packet = Buffer.alloc(200)
      packet.set(hex('8040f17b8041f8d35501a0b2'))
      packet.write('Gallia est omnis divisa in partes tres', 12)
      const seal = new PacketProtection(profile, { key, salt, authentication: key }, true)
      const length = seal.sealRtp(packet, 50, 12, 0x5501a0b2, 0xf17b)
      assert.equal(packet.toString('hex', 0, length), expected[profile])
      const open = new PacketProtection(profile, { key, salt, authentication: key }, false)
      assert.equal(open.openRtp(packet, length, 12, 0x5501a0b2, 0xf17b), 50)
      assert.equal(packet.toString('latin1', 12, 50), 'Gallia est omnis divisa in partes tres')
      seal.close()
      open.close()
    }
  })

  it('are those of RFC 7714 §17.1 for RTCP', () => {
    const key = Uint8Array.from({ length: 16 }, (_, i) => i)
    const keys = { key, salt: hex('517569642070726f2071756f'), authentication: key }
    const packet = Buffer.alloc(200)
    packet.set(
      hex('81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef'),
    )
    const seal = new PacketProtection('AEAD_AES_128_GCM', keys, true)
    const length = seal.sealRtcp(packet, 52, 0x5d4)
    seal.close()
    assert.equal(
      packet.toString('hex', 0, length),
      '81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4',
    )
  })
})

for (const profile of profiles) {
  describe(`SRTP with ${profile}`, () => {
    const pair = () => ({
      sender: new SrtpSender(profile, keyFor(profile)),
      receiver: new SrtpReceiver(profile, keyFor(profile)),
    })

    it('gives back what was protected, with and without payload, over roll-overs with 500 packets lost there', () => {
      const { sender, receiver } = pair()
      for (let i = 0; i < 300; i++) {
        const sequence = 65_300 + (i < 100 ? i : i + 500)
        const { packet, length } = rtpPacket(sequence & 0xffff)
        const plain = packet.toString('hex', 0, length)
        const sealed = sender.protectRtp(packet, length)
        assert.ok(sealed > length)
        assert.equal(receiver.unprotectRtp(packet, sealed), length)
        assert.equal(packet.toString('hex', 0, length), plain)
      }
      const empty = rtpPacket(700)
      assert.equal(receiver.unprotectRtp(empty.packet, sender.protectRtp(empty.packet, 12)), 12)
      sender.close()
      receiver.close()
      receiver.close()
    })

    it('takes each packet once, in any order within the window', () => {
      const { sender, receiver } = pair()
      const sealed = Array.from({ length: 300 }, (_, i) => {
        const { packet, length } = rtpPacket(1000 + i)
        return packet.subarray(0, sender.protectRtp(packet, length))
      })
      const take = (i: number) => receiver.unprotectRtp(Buffer.from(sealed[i]!), sealed[i]!.length)
      assert.equal(take(150), 28)
      assert.equal(take(150), srtpReplayed)
      assert.equal(take(30), 28)
      assert.equal(take(30), srtpReplayed)
      assert.equal(take(22), srtpReplayed, 'older than the window')
      assert.equal(take(299), 28)
      assert.equal(take(172), 28)
      assert.equal(take(171), srtpReplayed)
      sender.close()
      receiver.close()
    })

    it('refuses whatever was changed, without learning from it', () => {
      const { sender, receiver } = pair()
      const { packet, length } = rtpPacket(9)
      const sealed = sender.protectRtp(packet, length)
      for (let at = 0; at < sealed; at++) {
        const forged = Buffer.from(packet)
        forged[at]! ^= 0x01
        assert.ok(receiver.unprotectRtp(forged, sealed) < 0, `byte ${at}`)
      }
      for (let short = 0; short < sealed; short++) assert.ok(receiver.unprotectRtp(Buffer.from(packet), short) < 0)
      assert.equal(receiver.unprotectRtp(packet, sealed), length)
      sender.close()
      receiver.close()
    })

    it('never uses an index twice', () => {
      const { sender } = pair()
      const one = rtpPacket(5)
      assert.ok(sender.protectRtp(one.packet, one.length) > 0)
      const again = rtpPacket(5)
      assert.equal(sender.protectRtp(again.packet, again.length), srtpReplayed)
      assert.deepEqual(again.packet.subarray(0, 28), rtpPacket(5).packet.subarray(0, 28))
      sender.close()
    })

    it('protects RTCP, refuses changes and replays', () => {
      const { sender, receiver } = pair()
      const report = hex('80c90001cafebabe81ca0002cafebabe01026162')
      for (let i = 0; i < 3; i++) {
        const packet = Buffer.alloc(100)
        packet.set(report)
        const sealed = sender.protectRtcp(packet, report.length)
        for (let at = 0; at < sealed; at++) {
          const forged = Buffer.from(packet)
          forged[at]! ^= 0x80
          assert.ok(receiver.unprotectRtcp(forged, sealed) < 0, `byte ${at}`)
        }
        const copy = Buffer.from(packet)
        assert.equal(receiver.unprotectRtcp(packet, sealed), report.length)
        assert.deepEqual(packet.subarray(0, report.length), report)
        assert.equal(receiver.unprotectRtcp(copy, sealed), srtpReplayed)
      }
      sender.close()
      receiver.close()
    })

    it('follows a peer that renews its key, whether it counts its packets on or anew', () => {
      for (const countsOn of [true, false]) {
        const { sender, receiver } = pair()
        const renewed = { sender: new SrtpSender(profile, keyFor(profile, 9)), receiver }
        for (let index = 0; index < 66_000; index += 1000) {
          const { packet, length } = rtpPacket(index & 0xffff)
          assert.equal(receiver.unprotectRtp(packet, sender.protectRtp(packet, length)), length)
        }
        if (countsOn) {
          // One that counts on has protected under its new key what was before, as far as its counter goes.
          for (let index = 0; index < 66_000; index += 1000) {
            const { packet, length } = rtpPacket(index & 0xffff)
            renewed.sender.protectRtp(packet, length)
          }
        }
        renewed.receiver = new SrtpReceiver(profile, keyFor(profile, 9), receiver)
        const stranger = rtpPacket(700)
        assert.equal(renewed.receiver.unprotectRtp(stranger.packet, 60), srtpForged)
        for (const sequence of [701, 702, 700]) {
          const { packet, length } = rtpPacket(sequence)
          const plain = packet.toString('hex', 0, length)
          const sealed = renewed.sender.protectRtp(packet, length)
          const copy = Buffer.from(packet)
          assert.equal(renewed.receiver.unprotectRtp(packet, sealed), length, countsOn ? 'on' : 'anew')
          assert.equal(packet.toString('hex', 0, length), plain)
          assert.equal(renewed.receiver.unprotectRtp(copy, sealed), srtpReplayed)
        }
        for (const one of [sender, receiver, renewed.sender, renewed.receiver]) one.close()
      }
    })

    it('hears a switchboard that changes its source with each hold', () => {
      const { receiver } = pair()
      for (let ssrc = 1; ssrc <= 200; ssrc++) {
        const fresh = new SrtpSender(profile, keyFor(profile))
        const { packet, length } = rtpPacket(1, ssrc)
        assert.equal(receiver.unprotectRtp(packet, fresh.protectRtp(packet, length)), length)
        fresh.close()
      }
      receiver.close()
    })

    it('bounds the number of sources, which only authenticated packets make', () => {
      const { receiver } = pair()
      let last = 0
      for (let ssrc = 1; ssrc <= 513; ssrc++) {
        const fresh = new SrtpSender(profile, keyFor(profile))
        const { packet, length } = rtpPacket(1, ssrc)
        last = receiver.unprotectRtp(packet, fresh.protectRtp(packet, length))
        fresh.close()
      }
      assert.equal(last, srtpTooManySources)
      receiver.close()
    })

    it('lets nothing pass once it is closed', () => {
      const { sender, receiver } = pair()
      const { packet, length } = rtpPacket(5)
      sender.close()
      receiver.close()
      assert.equal(sender.protectRtp(packet, length), srtpMalformed)
      assert.equal(sender.protectRtcp(packet, length), srtpMalformed)
      assert.equal(receiver.unprotectRtp(packet, 100), srtpMalformed)
      assert.equal(receiver.unprotectRtcp(packet, 100), srtpMalformed)
    })

    it('survives anything', () => {
      const { receiver } = pair()
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
          const packet = Buffer.alloc(128)
          packet.set(bytes)
          assert.ok([srtpMalformed, srtpForged].includes(receiver.unprotectRtp(packet, bytes.length)))
          packet.set(bytes)
          assert.ok([srtpMalformed, srtpForged].includes(receiver.unprotectRtcp(packet, bytes.length)))
        }),
      )
      receiver.close()
    })
  })
}

describe('ReplayWindow (RFC 3711 §3.3.1)', () => {
  it('agrees with a set of everything seen', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -200, max: 300 }), { maxLength: 200 }), (steps) => {
        const window = new ReplayWindow()
        const seen = new Set<number>()
        let index = 70_000
        for (const step of steps) {
          const next = Math.max(0, index + step)
          const isFresh = !seen.has(next) && next > window.highest - 128
          assert.equal(window.isFresh(next), isFresh)
          if (isFresh) {
            window.accept(next)
            seen.add(next)
          }
          index = Math.max(index, next)
        }
      }),
    )
  })

  it('takes the index nearest to the highest', () => {
    const window = new ReplayWindow()
    window.accept(65_000)
    assert.equal(window.indexOf(100), 65_636)
    window.accept(65_636)
    assert.equal(window.indexOf(65_535), 65_535)
    assert.equal(new ReplayWindow().indexOf(65_535), 65_535)
  })
})
