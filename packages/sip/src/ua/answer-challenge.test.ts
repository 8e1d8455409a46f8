import { deepEqual, equal } from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseAuthHeader } from '../digest/auth-header.ts'
import { makeResponse } from '../message/make-response.ts'
import { SipRequest, type SipResponse } from '../message/sip-message.ts'
import { ChallengeAnswers } from './answer-challenge.ts'

const login = { username: 'acme', password: 'secret' }
const request = () => new SipRequest('INVITE', 'sip:112@carrier.test')

function asks(status: number, ...challenges: string[]): SipResponse {
  const response = makeResponse(request(), status)
  const field = status === 407 ? 'Proxy-Authenticate' : 'WWW-Authenticate'
  for (const challenge of challenges) response.headers.append(field, challenge)
  return response
}

describe('what a request of ours answers to those who ask who it is', () => {
  it('is for every realm of several proxies at once (RFC 3261 §22.3), each once', () => {
    const answers = new ChallengeAnswers()
    const both = asks(407, 'Digest realm="a", nonce="n1"', 'Digest realm="b", nonce="n2"')
    equal(answers.take(both, login), true)
    const again = request()
    answers.addTo(again, login)
    deepEqual(
      again.headers.getAll('Proxy-Authorization').map((value) => parseAuthHeader(value)!.parameters.get('realm')),
      ['a', 'b'],
    )
    equal(answers.take(both, login), false)
    equal(answers.take(asks(407, 'Digest realm="c", nonce="n3"'), login), false, 'two at most')
  })

  it('is given once more for the realm alone whose nonce was stale', () => {
    const answers = new ChallengeAnswers()
    equal(answers.take(asks(401, 'Digest realm="a", nonce="n1"'), login), true)
    equal(answers.take(asks(401, 'Digest realm="a", nonce="n2"'), login), false, 'the password was wrong')
    equal(answers.take(asks(401, 'Digest realm="a", nonce="n3", stale=true'), login), true)
    equal(answers.take(asks(401, 'Digest realm="a", nonce="n4", stale=true'), login), false)
  })
})
