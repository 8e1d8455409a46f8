import type { UserId } from '@vaxel/base'

/** Why a call went on, in the words of Diversion (RFC 5806 §4). */
export type DiversionReason =
  | 'unconditional'
  | 'user-busy'
  | 'no-answer'
  | 'unavailable'
  | 'do-not-disturb'
  | 'deflection'

/** Somebody at whom a call was, and why it went on from there. */
export interface Diversion {
  readonly number: string
  readonly userId?: UserId
  readonly reason: DiversionReason
}

/** Where a person's rules send a call that this person does not take. */
export interface PlannedForwards {
  /** Whose rules they are: calls go on in their name and on their account. Absent: a group's or line's, in the company's name. */
  readonly userId?: UserId
  readonly number: string
  readonly name: string
  readonly busy?: string
  readonly noAnswer?: string
  readonly unavailable?: string
}

/** One of these, that is followed: whose it is, where it leads, and why it applies. */
export interface PlannedRule extends Pick<PlannedForwards, 'userId' | 'number' | 'name'> {
  readonly to: string
  readonly reason: DiversionReason
}

/** More is a circle, or as good as one. */
export const mostDiversions = 5

/** `cause` of History-Info for a reason (RFC 4458 §2, RFC 7044 §5). */
export const causeOf: Readonly<Record<DiversionReason, number>> = {
  unconditional: 302,
  'user-busy': 486,
  'no-answer': 408,
  unavailable: 503,
  'do-not-disturb': 480,
  deflection: 487,
}
