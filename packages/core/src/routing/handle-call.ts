import type { UserId } from '@vaxel/base'
import { toE164 } from '../numbering/phone-number-library.ts'
import type { Party } from '../ports/call-ledger.ts'
import type { Company, User } from '../ports/directory.ts'
import type { CallHandling, ForwardRule } from '../ports/user-settings.ts'
import { decided, type RouteDecision } from './decision.ts'
import type { DiversionReason, PlannedForwards } from './diversion.ts'

/** What routing knows of people beside the directory. */
export interface PeopleNow {
  readonly nowMs: number
  handling(userId: UserId): CallHandling | undefined
  /** Talks in another call than this one. */
  isOnPhone(userId: UserId): boolean
  /** Has called an emergency number a short while ago: the centre may call back, and must get through. */
  awaitsEmergencyCallBack(userId: UserId): boolean
}

/** What a user's own rules make of a call, before any device is asked. */
export type Handled =
  | { readonly kind: 'ring'; readonly forwards?: PlannedForwards; readonly ringSeconds: number }
  | { readonly kind: 'forward'; readonly to: string; readonly reason: DiversionReason }
  | { readonly kind: 'busy' }
  | { readonly kind: 'doNotDisturb' }

/** Forwards may shorten the ringing, within what a user may set. */
const shortestRingSeconds = 5

const isOn = (rule: { readonly untilMs?: number } | undefined, nowMs: number): boolean =>
  rule !== undefined && (rule.untilMs === undefined || rule.untilMs > nowMs)

/**
 * Applies a user's forwarding and do-not-disturb to a call. Pure.
 * Order: emergency call-back passes all; always; do not disturb; on the phone; else devices ring.
 * @param say collects what was decided
 */
export function handleCall(
  question: { user: User; company: Company; caller: Party | undefined; people: PeopleNow | undefined },
  say: (decision: RouteDecision) => void,
): Handled {
  const { user, company, caller, people } = question
  const handling = people?.handling(user.id)
  const name = user.displayName
  const { ringSeconds } = user
  if (!people || !handling) return { kind: 'ring', ringSeconds }
  const { nowMs } = people
  if (people.awaitsEmergencyCallBack(user.id)) {
    say(
      decided(
        'emergency-call-back',
        { name },
        `${name} called an emergency number a while ago: every call gets through`,
      ),
    )
    return { kind: 'ring', ringSeconds }
  }
  const active = (rule: ForwardRule | undefined): string | undefined => (isOn(rule, nowMs) ? rule?.to : undefined)
  const always = active(handling.always)
  if (always !== undefined) return { kind: 'forward', to: always, reason: 'unconditional' }
  const busy = active(handling.busy)
  const { doNotDisturb } = handling
  if (doNotDisturb && isOn(doNotDisturb, nowMs)) {
    if (!isExcepted(doNotDisturb.exceptions, caller, company)) {
      if (doNotDisturb.usesBusyRule && busy !== undefined)
        return { kind: 'forward', to: busy, reason: 'do-not-disturb' }
      say(decided('do-not-disturb', { name }, `${name} does not want to be disturbed`))
      return { kind: 'doNotDisturb' }
    }
    const number = caller?.number ?? ''
    say(decided('do-not-disturb-exception', { name, number }, `${number} may disturb ${name} all the same`))
  }
  if (!handling.callWaiting && people.isOnPhone(user.id)) {
    if (busy !== undefined) return { kind: 'forward', to: busy, reason: 'user-busy' }
    say(decided('on-the-phone', { name }, `${name} is on the phone and takes no second call`))
    return { kind: 'busy' }
  }
  const noAnswer = active(handling.noAnswer)
  const unavailable = active(handling.unreachable)
  const seconds = noAnswer === undefined ? ringSeconds : (handling.noAnswer?.afterSeconds ?? ringSeconds)
  const forwards = {
    ...(busy === undefined ? {} : { busy }),
    ...(noAnswer === undefined ? {} : { noAnswer }),
    ...(unavailable === undefined ? {} : { unavailable }),
  }
  return {
    kind: 'ring',
    ringSeconds: Math.max(shortestRingSeconds, seconds),
    ...(Object.keys(forwards).length === 0
      ? {}
      : { forwards: { userId: user.id, number: user.extension ?? user.name, name, ...forwards } }),
  }
}

/** Whether a caller is on the list of those who may disturb, however the numbers are written. */
function isExcepted(exceptions: readonly string[], caller: Party | undefined, company: Company): boolean {
  if (!caller) return false
  const asOne = (number: string): string => toE164(number, company.country) ?? number
  return exceptions.some((number) => number === caller.number || asOne(number) === asOne(caller.number))
}
