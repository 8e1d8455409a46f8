import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { digestAlgorithms } from './digest-order.ts'

describe('the order of digest challenges', () => {
  it('has the strongest first (RFC 8760 §2.4)', () => {
    assert.deepEqual(digestAlgorithms('Linphone-Desktop/5.1'), ['SHA-256', 'MD5'])
  })
  it('has MD5 first for phones that read the first challenge only', () => {
    for (const agent of ['SIPp/3.6', undefined]) assert.deepEqual(digestAlgorithms(agent), ['MD5', 'SHA-256'])
  })
  it('has MD5 alone for phones that fail at any other', () => {
    for (const agent of ['baresip v1.0.0 (x86_64/linux)', 'JsSIP 3.13.8'])
      assert.deepEqual(digestAlgorithms(agent), ['MD5'])
    assert.deepEqual(digestAlgorithms('baresip v3.1.0 (x86_64/linux)'), ['SHA-256', 'MD5'])
  })
})
