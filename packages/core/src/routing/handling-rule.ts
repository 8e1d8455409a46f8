import type { PresenceState } from '../presence/presence.ts'
import type { CallerList, CallerSeen } from './caller-list.ts'
import { isListed } from './caller-list.ts'
import { isInWeek, type WeeklyTimes } from './weekly-times.ts'

/** At which moment of a call a rule acts: at once, or when the person does not take it. */
export type RuleMoment = 'always' | 'busy' | 'noAnswer' | 'unreachable'

/** What a rule does. `ring`: the call gets through, whatever else the person has set. `refuse`: the caller finds the line busy. */
export type RuleAction =
  | { readonly kind: 'forward'; readonly to: string }
  | { readonly kind: 'ring' }
  | { readonly kind: 'refuse' }

/** One of a person's rules; it fits when all its conditions do. They stand in an order, and the first that fits wins. */
export interface HandlingRule {
  /** What the person calls it. */
  readonly name: string
  readonly isOff?: true
  /** It is over then. */
  readonly untilMs?: number
  /** Absent: whoever calls. */
  readonly from?: CallerList
  /** The person is one of these; absent: however they are. */
  readonly presence?: readonly PresenceState[]
  /** Absent: at all times. */
  readonly times?: WeeklyTimes
  readonly moment: RuleMoment
  /** How long devices ring before, for `noAnswer`. */
  readonly afterSeconds?: number
  readonly action: RuleAction
}

/** More are hard to oversee, and every call looks through them. */
export const mostRules = 50

/** What a rule's conditions are held against. */
export interface RuleFacts extends CallerSeen {
  readonly nowMs: number
  /** How the person is; undefined = not known, and then no condition on it fits. */
  readonly presence: PresenceState | undefined
}

/** The first rule for a moment that fits. Pure. */
export function chooseRule(
  rules: readonly HandlingRule[] | undefined,
  moment: RuleMoment,
  facts: RuleFacts,
): HandlingRule | undefined {
  return rules?.find((rule) => rule.moment === moment && fits(rule, facts))
}

function fits({ isOff, untilMs, from, presence, times }: HandlingRule, facts: RuleFacts): boolean {
  if (isOff || (untilMs !== undefined && untilMs <= facts.nowMs)) return false
  if (presence && !(facts.presence !== undefined && presence.includes(facts.presence))) return false
  if (times && !isInWeek(times, facts.nowMs)) return false
  return !from || isListed(from, facts)
}

/** Whether a rule depends on who calls being known by name. */
export const asksForContacts = ({ from, isOff }: HandlingRule): boolean =>
  !isOff && (from?.kinds ?? []).some((kind) => kind === 'contact' || kind === 'stranger')
