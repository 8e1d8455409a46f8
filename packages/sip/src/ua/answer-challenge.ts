import type { RandomBytes } from '@vaxel/base'
import { answerChallenge, chooseChallenge, type Login } from '../digest/respond.ts'
import type { SipRequest, SipResponse } from '../message/sip-message.ts'

export type Credentials = Login

/**
 * The header field that answers a 401 or 407 for this request (RFC 3261 §22.2, §22.3); undefined when no challenge in it
 * can be answered.
 */
export function answerChallengeFor(
  response: SipResponse,
  request: SipRequest,
  credentials: Credentials,
  random?: RandomBytes,
): readonly [name: string, value: string] | undefined {
  const isProxy = response.status === 407
  const challenge = chooseChallenge(response.headers.getAll(isProxy ? 'Proxy-Authenticate' : 'WWW-Authenticate'))
  if (!challenge) return undefined
  const value = answerChallenge(challenge, request, credentials, random ? { random } : {})
  return [isProxy ? 'Proxy-Authorization' : 'Authorization', value]
}
