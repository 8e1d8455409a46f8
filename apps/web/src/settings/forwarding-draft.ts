import type { ReplyOf, RequestOf } from '../api/api.ts'
import { timesOf, type WeeklyTimes } from './handling/times-draft.ts'

export type Rules = ReplyOf<'readMyForwarding'>['rules']
type Body = RequestOf<'putMyForwarding'>['body']

export const ruleNames = ['always', 'busy', 'noAnswer', 'unreachable'] as const
export type RuleName = (typeof ruleNames)[number]

/** How long a rule holds; `kept`: until the time that it had. */
export type Lasts = 'forever' | 'hour' | 'today' | 'week' | 'kept'

export interface RuleDraft {
  readonly isOn: boolean
  readonly to: string
  readonly lasts: Lasts
  /** RFC 3339; for `kept`. */
  readonly until?: string
  /** Hours of the week in which it holds; absent: always. */
  readonly times?: WeeklyTimes | undefined
}

/** Rules as they are being typed. */
export interface ForwardingDraft {
  readonly rules: Readonly<Record<RuleName, RuleDraft>>
  readonly afterSeconds: string
  readonly callWaiting: boolean
  readonly doNotDisturb: RuleDraft & { readonly exceptions: string; readonly usesBusyRule: boolean }
}

const dayMs = 86_400_000

const off: RuleDraft = { isOn: false, to: '', lasts: 'forever' }
const onLike = ({ to = '', until, times }: { to?: string; until?: string; times?: WeeklyTimes }): RuleDraft => ({
  isOn: true,
  to,
  lasts: until === undefined ? 'forever' : 'kept',
  ...(until === undefined ? {} : { until }),
  ...(times ? { times } : {}),
})

/** The server's rules as a form shows them. A rule whose time is over is shown as off. */
export function draftOf(rules: Rules, nowMs: number): ForwardingDraft {
  const of = (rule: { to?: string; until?: string; times?: WeeklyTimes } | undefined): RuleDraft =>
    rule && !(rule.until !== undefined && Date.parse(rule.until) <= nowMs) ? onLike(rule) : off
  const { doNotDisturb } = rules
  return {
    rules: {
      always: of(rules.always),
      busy: of(rules.busy),
      noAnswer: of(rules.noAnswer),
      unreachable: of(rules.unreachable),
    },
    afterSeconds: String(rules.noAnswer?.afterSeconds ?? 20),
    callWaiting: rules.callWaiting,
    doNotDisturb: {
      ...of(doNotDisturb),
      exceptions: doNotDisturb?.exceptions.join(', ') ?? '',
      usesBusyRule: doNotDisturb?.usesBusyRule ?? false,
    },
  }
}

/** When a rule that lasts so ends; today ends at midnight where the person is. */
export function endOf({ lasts, until }: RuleDraft, nowMs: number): string | undefined {
  switch (lasts) {
    case 'forever':
      return undefined
    case 'kept':
      return until
    case 'hour':
      return new Date(nowMs + 3_600_000).toISOString()
    case 'today':
      return new Date(new Date(nowMs).setHours(24, 0, 0, 0)).toISOString()
    case 'week':
      return new Date(nowMs + 7 * dayMs).toISOString()
  }
}

/**
 * What is sent to the server; visual separators in numbers are taken out.
 * @param kept rules that are set elsewhere
 */
export function rulesOf(draft: ForwardingDraft, nowMs: number, kept?: Rules['rules']): Body {
  const { rules, doNotDisturb, callWaiting, afterSeconds } = draft
  const rule = (one: RuleDraft) => {
    const until = endOf(one, nowMs)
    const times = one.times && timesOf(one.times.periods, one.times.timeZone)
    return { to: plainNumber(one.to), ...(until === undefined ? {} : { until }), ...(times ? { times } : {}) }
  }
  const end = endOf(doNotDisturb, nowMs)
  return {
    callWaiting,
    ...(kept ? { rules: kept } : {}),
    ...(rules.always.isOn ? { always: rule(rules.always) } : {}),
    ...(rules.busy.isOn ? { busy: rule(rules.busy) } : {}),
    ...(rules.noAnswer.isOn ? { noAnswer: { ...rule(rules.noAnswer), afterSeconds: Number(afterSeconds) } } : {}),
    ...(rules.unreachable.isOn ? { unreachable: rule(rules.unreachable) } : {}),
    ...(doNotDisturb.isOn
      ? {
          doNotDisturb: {
            exceptions: doNotDisturb.exceptions
              .split(/[,;\n]/)
              .map(plainNumber)
              .filter((number) => number !== ''),
            usesBusyRule: doNotDisturb.usesBusyRule,
            ...(end === undefined ? {} : { until: end }),
          },
        }
      : {}),
  }
}

/** @example plainNumber(' 08-465 004 01 ') // '0846500401' */
export function plainNumber(text: string): string {
  const trimmed = text.trim()
  return /^[+*#\d().\-\s]+$/.test(trimmed) ? trimmed.replace(/[().\-\s]/g, '') : trimmed
}
