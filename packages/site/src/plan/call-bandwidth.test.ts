import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { callBandwidth, type VoiceFormat } from './call-bandwidth.ts'

const format = (codec: VoiceFormat['codec'], more: Partial<VoiceFormat> = {}): VoiceFormat => ({
  codec,
  packetMs: 20,
  ipVersion: 4,
  srtp: false,
  vlan: false,
  ...more,
})

describe('a call one way, kbit/s at 20 ms', () => {
  const rows = [
    // codec, IP, SRTP, Ethernet, SRTP and Ethernet, with preamble and gap
    ['g711', 80, 84, 87.2, 91.2, 99.2],
    ['g722', 80, 84, 87.2, 91.2, 99.2],
    ['opus', 48, 52, 55.2, 59.2, 67.2],
    ['g729', 24, 28, 31.2, 35.2, 43.2],
  ] as const
  for (const [codec, ip, srtp, ethernet, srtpEthernet, wire] of rows)
    it(`${codec}: ${ip}, ${srtp}, ${ethernet}, ${srtpEthernet}, ${wire} by layer`, () => {
      const plain = callBandwidth(format(codec))
      const secure = callBandwidth(format(codec, { srtp: true }))
      assert.deepEqual(
        [plain.ip, secure.ip, plain.ethernet, secure.ethernet, secure.wire],
        [ip, srtp, ethernet, srtpEthernet, wire],
      )
    })

  it('G.711 with a VLAN tag keeps the cable busy with 100.8', () => {
    assert.equal(callBandwidth(format('g711', { srtp: true, vlan: true })).wire, 100.8)
  })

  it('IPv6 adds 20 bytes a packet: 8 kbit/s', () => {
    assert.equal(callBandwidth(format('g711', { srtp: true, ipVersion: 6 })).ip, 92)
  })

  it('shorter packets cost more, longer ones less', () => {
    assert.equal(callBandwidth(format('g711', { packetMs: 10 })).ip, 96)
    assert.equal(callBandwidth(format('g711', { packetMs: 60 })).ip, 69.333)
    assert.equal(callBandwidth(format('g729', { packetMs: 10 })).ethernet, 54.4)
  })

  it('says of what a packet is made', () => {
    assert.deepEqual(callBandwidth(format('opus', { srtp: true })).parts, {
      payload: 80,
      rtp: 12,
      udp: 8,
      ip: 20,
      srtp: 10,
    })
  })
})
