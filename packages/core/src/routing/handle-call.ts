import type { DeviceId } from '@vaxel/base'
import type { Party } from '../ports/call-ledger.ts'
import type { Company, User } from '../ports/directory.ts'
import type { CallHandling, ForwardRule } from '../ports/user-settings.ts'
import { isAmong } from './caller-list.ts'
import { decided, type RouteDecision } from './decision.ts'
import type { DiversionReason, PlannedForwards } from './diversion.ts'
import { chooseRule, type HandlingRule, type RuleFacts, type RuleMoment } from './handling-rule.ts'
import type { PeopleNow } from './people-now.ts'
import { activeProfile, type WorkProfile } from './profile.ts'
import { isInWeek } from './weekly-times.ts'

/** What a user's own rules make of a call, before any device is asked. */
export type Handled =
  | {
      readonly kind: 'ring'
      readonly forwards?: PlannedForwards
      readonly ringSeconds: number
      /** Only these ring, when any of them is registered; absent: all. */
      readonly deviceIds?: readonly DeviceId[]
    }
  | { readonly kind: 'forward'; readonly to: string; readonly reason: DiversionReason }
  | { readonly kind: 'busy' }
  | { readonly kind: 'doNotDisturb' }

/** Forwards may shorten the ringing, within what a user may set. */
const shortestRingSeconds = 5

const isOn = (rule: { readonly untilMs?: number } | undefined, nowMs: number): boolean =>
  rule !== undefined && (rule.untilMs === undefined || rule.untilMs > nowMs)

/** Where a call goes at a moment, and how long devices ring before it does. */
interface Onward {
  readonly to: string
  readonly afterSeconds?: number | undefined
}

/**
 * Applies a user's rules, profile, forwarding and do-not-disturb to a call. Pure.
 * Order: emergency call-back passes all; the user's list of rules; the profile's forwarding; always; do not disturb; on the phone;
 * else devices ring, and the same order says where the call goes when they are busy, silent or not there.
 * @param say collects what was decided
 */
export function handleCall(
  question: { user: User; company: Company; caller: Party | undefined; people: PeopleNow | undefined },
  say: (decision: RouteDecision) => void,
): Handled {
  const { user, company, caller, people } = question
  if (!people) return { kind: 'ring', ringSeconds: user.ringSeconds }
  const name = user.displayName
  const handling = people.handling(user.id) ?? { callWaiting: true }
  const profile = activeProfile(people.profiles?.(user.id), people.nowMs)
  if (people.awaitsEmergencyCallBack(user.id)) {
    const text = `${name} called an emergency number a while ago: every call gets through`
    say(decided('emergency-call-back', { name }, text))
    return { kind: 'ring', ringSeconds: user.ringSeconds }
  }
  const facts: RuleFacts = {
    caller,
    country: company.country,
    isContact: people.isContact?.(user.id),
    nowMs: people.nowMs,
    presence: people.presence?.(user.id),
  }
  const first = chooseRule(handling.rules, 'always', facts)
  if (first) say(decided('rule-fits', { name, rule: first.name }, `the rule “${first.name}” of ${name} fits`))
  if (first?.action.kind === 'forward') return { kind: 'forward', to: first.action.to, reason: 'unconditional' }
  if (first?.action.kind === 'refuse') {
    say(decided('refused-by-rule', { name, rule: first.name }, `${name} does not take this call`))
    return { kind: 'busy' }
  }
  if (profile) say(decided('profile', { name, profile: profile.name }, `${name} is in the profile “${profile.name}”`))
  const onward = (moment: RuleMoment): Onward | undefined =>
    byRule(chooseRule(handling.rules, moment, facts)) ??
    byProfile(profile, moment) ??
    byHandling(handling, moment, facts)
  if (!first) {
    const stopped = beforeRinging(question, handling, onward, say)
    if (stopped) return stopped
  } else say(decided('let-through', { name, rule: first.name }, `by this rule the call gets through to ${name}`))
  if (!handling.callWaiting && people.isOnPhone(user.id)) {
    const busy = onward('busy')
    if (busy !== undefined) return { kind: 'forward', to: busy.to, reason: 'user-busy' }
    say(decided('on-the-phone', { name }, `${name} is on the phone and takes no second call`))
    return { kind: 'busy' }
  }
  return ring(user, profile, onward)
}

/** What stops a call before any device is asked: forwarding of all calls, and do not disturb. */
function beforeRinging(
  { user, company, caller, people }: Parameters<typeof handleCall>[0],
  { doNotDisturb }: CallHandling,
  onward: (moment: RuleMoment) => Onward | undefined,
  say: (decision: RouteDecision) => void,
): Handled | undefined {
  const name = user.displayName
  const always = onward('always')
  if (always !== undefined) return { kind: 'forward', to: always.to, reason: 'unconditional' }
  if (!doNotDisturb || !isOn(doNotDisturb, people!.nowMs)) return undefined
  if (caller && isAmong(doNotDisturb.exceptions, caller, company.country)) {
    const { number } = caller
    say(decided('do-not-disturb-exception', { name, number }, `${number} may disturb ${name} all the same`))
    return undefined
  }
  const busy = doNotDisturb.usesBusyRule ? onward('busy') : undefined
  if (busy !== undefined) return { kind: 'forward', to: busy.to, reason: 'do-not-disturb' }
  say(decided('do-not-disturb', { name }, `${name} does not want to be disturbed`))
  return { kind: 'doNotDisturb' }
}

function ring(
  user: User,
  profile: WorkProfile | undefined,
  onward: (moment: RuleMoment) => Onward | undefined,
): Handled {
  const [busy, noAnswer, unavailable] = [onward('busy'), onward('noAnswer'), onward('unreachable')]
  const forwards = {
    ...(busy === undefined ? {} : { busy: busy.to }),
    ...(noAnswer === undefined ? {} : { noAnswer: noAnswer.to }),
    ...(unavailable === undefined ? {} : { unavailable: unavailable.to }),
  }
  const who = { userId: user.id, number: user.extension ?? user.name, name: user.displayName }
  return {
    kind: 'ring',
    ringSeconds: Math.max(shortestRingSeconds, noAnswer?.afterSeconds ?? user.ringSeconds),
    ...(Object.keys(forwards).length === 0 ? {} : { forwards: { ...who, ...forwards } }),
    ...(profile?.deviceIds ? { deviceIds: profile.deviceIds } : {}),
  }
}

function byRule(rule: HandlingRule | undefined): Onward | undefined {
  return rule?.action.kind === 'forward' ? { to: rule.action.to, afterSeconds: rule.afterSeconds } : undefined
}

function byProfile(profile: WorkProfile | undefined, moment: RuleMoment): Onward | undefined {
  return profile?.forward?.moment === moment ? profile.forward : undefined
}

function byHandling(handling: CallHandling, moment: RuleMoment, { nowMs }: RuleFacts): Onward | undefined {
  const rule: (ForwardRule & { readonly afterSeconds?: number }) | undefined = handling[moment]
  if (!rule || !isOn(rule, nowMs) || (rule.times && !isInWeek(rule.times, nowMs))) return undefined
  return rule
}
