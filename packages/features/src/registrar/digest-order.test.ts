import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { digestAlgorithms } from './digest-order.ts'

describe('the order of digest challenges', () => {
  it('has the strongest first for those that are known to read all (RFC 8760 §2.4)', () => {
    for (const agent of [
      'Linphone-Desktop/5.1',
      'LinphoneAndroid/5.2.5 (Pixel 8)',
      'baresip v3.1.0 (x86_64/linux)',
      'PJSUA v2.14 Linux-6.1',
      'Vaxel/0.1',
    ])
      assert.deepEqual(digestAlgorithms(agent), ['SHA-256', 'MD5'], agent)
  })
  it('has MD5 first for phones that read the first challenge only, and for whoever says nothing of itself', () => {
    for (const agent of ['SIPp/3.6', undefined]) assert.deepEqual(digestAlgorithms(agent), ['MD5', 'SHA-256'])
  })
  it('has MD5 alone for all others: many fail at a challenge that names another algorithm, wherever it stands', () => {
    for (const agent of [
      'baresip v1.0.0 (x86_64/linux)',
      'JsSIP 3.13.8',
      'Janus WebRTC Server SIP Plugin 0.0.8',
      'sofia-sip/1.12.11',
      'PJSUA v2.10 Linux-5.4',
      'Asterisk PBX 13.38',
      'Yealink SIP-T46U 108.86.0.20',
      '',
    ])
      assert.deepEqual(digestAlgorithms(agent), ['MD5'], agent)
  })
})
