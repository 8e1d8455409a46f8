import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { maskSecrets } from './message-trace.ts'

describe('traced messages', () => {
  it('hold no digest response and no SRTP key', () => {
    const text = [
      'INVITE sip:202@demo.vaxel.test SIP/2.0',
      'Proxy-Authorization: Digest username="201", realm="r", nonce="n", uri="sip:202@x", response="0123456789abcdef", algorithm=MD5',
      '',
      'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:4',
    ].join('\r\n')
    const masked = maskSecrets(text)
    assert.ok(!masked.includes('0123456789abcdef'))
    assert.ok(!masked.includes('WVNfX19'))
    assert.ok(masked.includes('username="201"'))
    assert.ok(masked.includes('|2^20|1:4'))
  })
})
