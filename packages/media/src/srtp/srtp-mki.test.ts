import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ReferenceSrtp } from '../engine/srtp-reference.fixture.ts'
import { writeRtpHeader } from '../rtp/rtp-header.ts'
import { srtpForged } from './packet-protection.ts'
import { type SrtpProfile, srtpProfiles } from './srtp-keys.ts'
import { SrtpReceiver, SrtpSender } from './srtp-transform.ts'

const profiles = Object.keys(srtpProfiles) as SrtpProfile[]
const mki = Uint8Array.of(0, 0, 1, 2)

const keyFor = (profile: SrtpProfile) =>
  Uint8Array.from({ length: srtpProfiles[profile].keyBytes + srtpProfiles[profile].saltBytes }, (_, i) => i * 7)

function rtpPacket(sequence: number): Buffer {
  const packet = Buffer.alloc(300, 0x33)
  writeRtpHeader(packet, false, 8, sequence, sequence * 160, 0xcafe)
  return packet
}

function rtcpPacket(): Buffer {
  const packet = Buffer.alloc(300, 0x44)
  packet.set([0x80, 201, 0, 6])
  return packet
}

describe('SRTP with a key that every packet names (RFC 3711 §3.1)', () => {
  it('has the name between what is encrypted and the tag, and is otherwise as without', () => {
    const key = keyFor('AES_CM_128_HMAC_SHA1_80')
    const reference = new ReferenceSrtp(key)
    const sender = new SrtpSender('AES_CM_128_HMAC_SHA1_80', key, mki)
    const receiver = new SrtpReceiver('AES_CM_128_HMAC_SHA1_80', key, undefined, mki)
    for (let sequence = 1; sequence < 5; sequence++) {
      const expected = reference.protect(rtpPacket(sequence).subarray(0, 172))
      const packet = rtpPacket(sequence)
      const bytes = sender.protectRtp(packet, 172)
      const named = Buffer.concat([expected.subarray(0, -10), mki, expected.subarray(-10)])
      assert.equal(packet.toString('hex', 0, bytes), named.toString('hex'))
      assert.equal(receiver.unprotectRtp(packet, bytes), 172)
      assert.deepEqual(packet.subarray(0, 172), rtpPacket(sequence).subarray(0, 172))
    }
    sender.close()
    receiver.close()
  })

  for (const profile of profiles)
    it(`passes RTP and RTCP with ${profile}, and takes nothing without the name or with another one`, () => {
      const named = new SrtpSender(profile, keyFor(profile), mki)
      const unnamed = new SrtpSender(profile, keyFor(profile))
      const other = new SrtpSender(profile, keyFor(profile), Uint8Array.of(0, 0, 1, 3))
      const receiver = new SrtpReceiver(profile, keyFor(profile), undefined, mki)
      for (const wrong of [unnamed, other]) {
        const [rtp, rtcp] = [rtpPacket(1), rtcpPacket()]
        assert.equal(receiver.unprotectRtp(rtp, wrong.protectRtp(rtp, 172)), srtpForged)
        assert.equal(receiver.unprotectRtcp(rtcp, wrong.protectRtcp(rtcp, 28)), srtpForged)
      }
      const [rtp, rtcp] = [rtpPacket(1), rtcpPacket()]
      const rtcpBytes = named.protectRtcp(rtcp, 28)
      // With AEAD the name stands at the end (RFC 7714 §9), else before the tag of ten bytes.
      const at = srtpProfiles[profile].isAead ? rtcpBytes - 4 : rtcpBytes - 14
      assert.deepEqual(Uint8Array.from(rtcp.subarray(at, at + 4)), mki)
      assert.equal(receiver.unprotectRtp(rtp, named.protectRtp(rtp, 172)), 172)
      assert.equal(receiver.unprotectRtcp(rtcp, rtcpBytes), 28)
      assert.deepEqual(rtcp.subarray(0, 28), rtcpPacket().subarray(0, 28))
      assert.ok(receiver.unprotectRtp(rtpPacket(2), 14) < 0)
      assert.ok(receiver.unprotectRtcp(rtcpPacket(), 9) < 0)
      for (const one of [named, unnamed, other, receiver]) one.close()
    })
})
