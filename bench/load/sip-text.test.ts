import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { challengeOf, credentialsFor, repeated, routesOf } from './sip-text.ts'

describe('the text of a load', () => {
  it('answers the challenge of RFC 2617 §3.5 as it says', () => {
    const challenge = challengeOf(
      'SIP/2.0 401 Unauthorized\r\nWWW-Authenticate: Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"\r\n\r\n',
    )
    assert.equal(challenge?.qop, false)
    const line = credentialsFor(challenge!, {
      username: 'Mufasa',
      password: 'Circle Of Life',
      method: 'GET',
      uri: '/dir/index.html',
    })
    // Without qop: MD5(HA1:nonce:HA2), by an independent program.
    assert.match(line, /^Authorization: Digest username="Mufasa".*response="670fd8c2df070c60b045671b8b24ff02"/)
  })

  it('takes the MD5 challenge among several', () => {
    const several =
      'SIP/2.0 407 x\r\nProxy-Authenticate: Digest realm="a", nonce="1", algorithm=SHA-256, qop="auth"\r\nProxy-Authenticate: Digest realm="a", nonce="2", algorithm=MD5, qop="auth"\r\n\r\n'
    assert.equal(challengeOf(several)?.nonce, '2')
    assert.equal(challengeOf(several)?.header, 'Proxy-Authorization')
  })

  it('repeats every Via in order and gives To a tag', () => {
    const request =
      'INVITE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP one\r\nVia: SIP/2.0/UDP two\r\nTo: <sip:a@b>\r\nMax-Forwards: 70\r\nCSeq: 1 INVITE\r\n\r\n'
    assert.equal(
      repeated(request, 't'),
      'Via: SIP/2.0/UDP one\r\nVia: SIP/2.0/UDP two\r\nTo: <sip:a@b>;tag=t\r\nCSeq: 1 INVITE\r\n',
    )
  })

  it('routes through proxies in reverse', () => {
    assert.equal(
      routesOf('SIP/2.0 200 OK\r\nRecord-Route: <sip:two>\r\nRecord-Route: <sip:one>\r\n\r\n'),
      'Route: <sip:one>\r\nRoute: <sip:two>\r\n',
    )
  })
})
