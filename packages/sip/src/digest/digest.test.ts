import assert, { deepEqual, equal } from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { parseAuthHeader } from './auth-header.ts'
import { Challenger } from './challenge.ts'
import { digestResponse, makeHa1 } from './digest-hash.ts'
import { makeFakeSecrets } from './fake-secret.ts'
import { NonceCounts } from './nonce-counts.ts'
import { answerChallenge, chooseChallenge, chooseChallenges } from './respond.ts'
import { meansSameTarget, parseCredentials, type DigestVerdict, verifyDigest } from './verify.ts'

const realm = 'demo.test'
const secrets = (['SHA-256', 'MD5'] as const).map((algorithm) => ({
  algorithm,
  ha1: makeHa1(algorithm, '201', realm, 'secret'),
}))
const request = { method: 'REGISTER', uri: 'sip:demo.test' }

/** A server with its own time, and a phone that answers its challenges. */
function server(options: { lifetimeSeconds?: number; capacity?: number } = {}) {
  const challenger = new Challenger(options)
  return {
    nowMs: 1_000_000,
    challenger,
    challenge(stale = false): string[] {
      return challenger.challenge(realm, this.nowMs, '10.0.0.1', stale)
    },
    check(header: string, change: { source?: string; method?: string; uri?: string } = {}): DigestVerdict {
      return verifyDigest(parseCredentials(header), {
        method: change.method ?? request.method,
        requestUri: change.uri ?? request.uri,
        realm,
        secrets,
        source: change.source ?? '10.0.0.1',
        nowMs: this.nowMs,
        challenger,
      })
    },
  }
}

const answer = (challenges: readonly string[], password = 'secret', nonceCount = 1): string =>
  answerChallenge(chooseChallenge(challenges)!, request, { username: '201', password }, { nonceCount })

describe('digest authentication', () => {
  it('computes the examples of RFC 7616 §3.9.1', () => {
    const of = {
      method: 'GET',
      uri: '/dir/index.html',
      nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
      qop: 'auth',
      nc: '00000001',
      cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
    }
    const ha1 = (algorithm: 'MD5' | 'SHA-256') =>
      makeHa1(algorithm, 'Mufasa', 'http-auth@example.org', 'Circle of Life')
    equal(digestResponse('MD5', ha1('MD5'), of), '8ca523f5e9506fed4657c9700eebdbec')
    equal(
      digestResponse('SHA-256', ha1('SHA-256'), of),
      '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
    )
  })

  it('offers SHA-256 before MD5, and accepts either (RFC 8760 §2.3)', () => {
    const one = server()
    const challenges = one.challenge()
    assert.deepEqual(
      challenges.map((value) => parseAuthHeader(value)!.parameters.get('algorithm')),
      ['SHA-256', 'MD5'],
    )
    equal(one.check(answer(challenges)), 'ok')
    equal(one.check(answer(one.challenge().slice(1))), 'ok')
  })

  it('finds a wrong password, another method, another target', () => {
    const one = server()
    equal(one.check(answer(one.challenge(), 'guess')), 'wrong')
    equal(one.check(answer(one.challenge()), { method: 'INVITE' }), 'wrong')
    equal(one.check(answer(one.challenge()), { uri: 'http://other.test' }), 'wrong')
  })

  it('calls a right answer to an old, foreign or moved nonce stale, a wrong one wrong (RFC 7616 §3.3)', () => {
    const one = server({ lifetimeSeconds: 60 })
    const header = answer(one.challenge())
    equal(one.check(header, { source: '10.0.0.2' }), 'stale')
    one.nowMs += 60_000
    equal(one.check(header), 'stale')
    equal(one.check(answer(one.challenge().map((value) => value.replace(/nonce="./, 'nonce="_')))), 'stale')
    equal(one.check(answer(server().challenge())), 'stale')
    equal(one.check(answer(server().challenge(), 'guess')), 'wrong')
    equal(chooseChallenge(one.challenge(true))!.isStale, true)
  })

  it('takes each nonce count once, in any near order', () => {
    const one = server()
    const challenges = one.challenge()
    const use = (count: number) => one.check(answer(challenges, 'secret', count))
    assert.deepEqual([1, 3, 2, 3, 40, 39, 8, 9, 1].map(use), [
      'ok',
      'ok',
      'ok',
      'stale',
      'ok',
      'ok',
      'stale',
      'ok',
      'stale',
    ])
  })

  it('refuses what it cannot check', () => {
    const one = server()
    const good = answer(one.challenge())
    for (const header of [
      '',
      'Digest',
      'Basic abc',
      good.replace(', qop=auth', ''),
      good.replace('qop=auth', 'qop=auth-int'),
      good.replace('SHA-256', 'SHA-1'),
      good.replace('nc=00000001', 'nc=1'),
      good.replace('username', 'user'),
      `${good}, realm="x"`,
      `${good}"`,
      good.replace('response="', 'response="x'),
    ])
      equal(one.check(header), 'malformed', header)
  })

  it('does the same work for users that do not exist', () => {
    const fake = makeFakeSecrets()
    const shape = (list: readonly { algorithm: string; ha1: string }[]) =>
      list.map((one) => [one.algorithm, one.ha1.length])
    assert.deepEqual(shape(fake), shape(secrets))
  })

  it('compares the signed URI by user and host, as phones add ports and parameters', () => {
    for (const uri of ['sip:demo.test', 'sip:demo.test:5060', 'sips:DEMO.test;transport=tls', 'sip:192.0.2.1:5060'])
      equal(meansSameTarget(uri, 'sip:demo.test;lr'), true)
    for (const uri of ['sip:a@demo.test', 'demo.test', 'tel:1', '']) equal(meansSameTarget(uri, 'sip:demo.test'), false)
  })

  it('answers a challenge without qop, and passes over what it does not know (RFC 8760 §2.4)', () => {
    const chosen = chooseChallenge([
      'Digest realm="r", nonce="n", algorithm=SHA-1',
      'Digest realm="r", nonce="n", qop="auth-int"',
      'Digest realm="a \\"r\\"", nonce="n", opaque="o"',
    ])!
    equal(chosen.realm, 'a "r"')
    const header = parseAuthHeader(answerChallenge(chosen, request, { username: 'u', password: 'p' }))!
    equal(header.parameters.get('opaque'), 'o')
    equal(header.parameters.has('nc'), false)
    equal(
      header.parameters.get('response'),
      digestResponse('MD5', makeHa1('MD5', 'u', 'a "r"', 'p'), { ...request, nonce: 'n' }),
    )
  })

  it('finds challenges in a row in one field (RFC 7235 §4.1), and the first of each realm', () => {
    const realmsOf = (...values: string[]) => chooseChallenges(values).map(({ realm }) => realm)
    const inARow =
      'Digest realm="a, b", nonce="n1", algorithm=SHA-1, qop="auth,auth-int", Digest realm="a, b", nonce="n2", algorithm=SHA-256'
    deepEqual(
      chooseChallenges([inARow, 'Digest realm="a, b", nonce="n3"']).map(({ nonce, algorithm }) => [nonce, algorithm]),
      [['n2', 'SHA-256']],
    )
    deepEqual(realmsOf('Negotiate, NTLM TlRM==, Basic realm="x",Digest realm="y" , nonce=n, Digest nonce=n, realm=z'), [
      'y',
      'z',
    ])
    deepEqual(realmsOf('Digest realm="a", nonce="n"', 'Digest realm="b", nonce="n"'), ['a', 'b'])
    deepEqual(realmsOf('Digest realm="a", nonce="n", Digest realm="b', 'Digest'), ['a'])
    equal(parseAuthHeader('Digest realm="a", nonce="n", Digest realm="b"'), undefined, 'one is asked for')
  })

  it('reads any text without throwing', () => {
    const crumb = fc.constantFrom('Digest', ' ', ',', '=', '"', '\\', 'realm', 'nc', 'x', 'é')
    fc.assert(
      fc.property(fc.array(crumb, { maxLength: 20 }), (crumbs) => {
        parseCredentials(crumbs.join(''))
        chooseChallenge([crumbs.join('')])
      }),
      { numRuns: 500, seed: 7616 },
    )
  })
})

describe('NonceCounts', () => {
  it('stays within its bound and never takes a forgotten nonce again', () => {
    const counts = new NonceCounts(3)
    for (let i = 1; i <= 5; i++) equal(counts.use(`n${i}`, i, 1), true)
    equal(counts.size, 3)
    equal(counts.use('n1', 1, 2), false)
    equal(counts.use('n2', 2, 1), false)
    equal(counts.use('n5', 5, 2), true)
    counts.forgetBefore(5)
    equal(counts.size, 1)
  })
})
