import type { SipResponse } from '../message/sip-message.ts'
import type { StackCore } from './stack-core.ts'

/** How long to wait after 491 (RFC 3261 §14.1): 2.1 to 4 s for who made the Call-ID, 0 to 2 s for the other, in steps of 10 ms. */
export function glareDelayMs(core: Pick<StackCore, 'randomBelow'>, ownsCallId: boolean): number {
  return ownsCallId ? 2100 + 10 * core.randomBelow(191) : 10 * core.randomBelow(201)
}

/** Seconds of Retry-After; undefined when absent or malformed. */
export function retryAfterSeconds(response: SipResponse): number | undefined {
  const match = /^\s*(\d{1,9})/.exec(response.headers.get('Retry-After') ?? '')
  return match ? Number(match[1]) : undefined
}
