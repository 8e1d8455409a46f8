import { answerChallenge, type Challenge, chooseChallenges, type Login } from '../digest/respond.ts'
import type { SipRequest, SipResponse } from '../message/sip-message.ts'

export type Credentials = Login

/** Hops that may ask for credentials: a proxy of ours to the world and who is behind it. */
const maxAnswers = 2

interface Answer {
  readonly field: 'Authorization' | 'Proxy-Authorization'
  challenge: Challenge
  nonceCount: number
  isRenewed: boolean
}

/**
 * What one request of ours answers to the 401 and 407 it meets (RFC 3261 §22.2, §22.3): each realm once, two at most, so that
 * nobody has us guess on. Once more where the nonce alone was not liked (`stale`, RFC 7616 §3.3), e.g. by another server of the
 * same name than the one that made it. Later answers come with the earlier ones, whose hops want them again.
 */
export class ChallengeAnswers {
  readonly #answers: Answer[] = []

  /** @returns whether the request is to be sent again; false for what is no challenge, cannot be answered or was answered before */
  take(response: SipResponse, credentials: Credentials | undefined): boolean {
    const { status, headers } = response
    if (!credentials || (status !== 401 && status !== 407)) return false
    const field = status === 407 ? 'Proxy-Authorization' : 'Authorization'
    const challenges = chooseChallenges(headers.getAll(status === 407 ? 'Proxy-Authenticate' : 'WWW-Authenticate'))
    let isAnswered = false
    for (const challenge of challenges) if (this.#takeOne(field, challenge)) isAnswered = true
    return isAnswered
  }

  #takeOne(field: Answer['field'], challenge: Challenge): boolean {
    const known = this.#answers.find((one) => one.field === field && one.challenge.realm === challenge.realm)
    if (known !== undefined) return renew(known, challenge)
    if (this.#answers.length >= maxAnswers) return false
    this.#answers.push({ field, challenge, nonceCount: 0, isRenewed: false })
    return true
  }

  /** Writes the header fields into the request as it goes out again. */
  addTo(request: SipRequest, credentials: Credentials | undefined): void {
    if (!credentials) return
    for (const answer of this.#answers) {
      const nonceCount = ++answer.nonceCount
      request.headers.append(answer.field, answerChallenge(answer.challenge, request, credentials, { nonceCount }))
    }
  }
}

/** The password was right, so the peer says; a peer that says so again would have us ask for ever. */
function renew(answer: Answer, challenge: Challenge): boolean {
  if (!challenge.isStale || answer.isRenewed || challenge.nonce === answer.challenge.nonce) return false
  answer.challenge = challenge
  answer.nonceCount = 0
  answer.isRenewed = true
  return true
}
