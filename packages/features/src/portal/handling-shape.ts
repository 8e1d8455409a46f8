import type { OperationReply, OperationRequest, putMyForwarding, readMyForwarding } from '@vaxel/contract'
import type { CallHandling, ForwardRule, HandlingRule, WeeklyTimes } from '@vaxel/core'

/** Rules as the API has them, in and out. */
export type RulesView = OperationReply<typeof readMyForwarding>
export type RulesBody = OperationRequest<typeof putMyForwarding>['body']

type RuleBody = NonNullable<RulesBody['rules']>[number]
type TimesBody = NonNullable<RuleBody['times']>

const untilMs = (until: string | undefined) => (until === undefined ? {} : { untilMs: Date.parse(until) })
export const untilText = (ms: number | undefined) => (ms === undefined ? {} : { until: new Date(ms).toISOString() })

const timesText = (times: WeeklyTimes | undefined): { times?: TimesBody } =>
  times
    ? { times: { timeZone: times.timeZone, periods: times.periods.map((one) => ({ ...one, days: [...one.days] })) } }
    : {}

function toRule({ until, ...rule }: RuleBody): HandlingRule {
  return { ...rule, ...untilMs(until) }
}

function fromRule({ untilMs: ms, times, from, presence, ...rule }: HandlingRule): RuleBody {
  return {
    ...rule,
    action: { ...rule.action },
    ...untilText(ms),
    ...timesText(times),
    ...(presence ? { presence: [...presence] } : {}),
    ...(from ? { from: fromList(from) } : {}),
  }
}

/** A list of callers as the API shows it. */
export function fromList({ numbers, prefixes, kinds }: NonNullable<HandlingRule['from']>) {
  return {
    ...(numbers ? { numbers: [...numbers] } : {}),
    ...(prefixes ? { prefixes: [...prefixes] } : {}),
    ...(kinds ? { kinds: [...kinds] } : {}),
  }
}

export function toHandling(body: RulesBody): CallHandling {
  const { rules, always, busy, noAnswer, unreachable, callWaiting, doNotDisturb } = body
  const rule = ({ to, until, times }: { to: string; until?: string; times?: TimesBody }): ForwardRule => ({
    to,
    ...untilMs(until),
    ...(times ? { times } : {}),
  })
  return {
    callWaiting,
    ...(rules && rules.length > 0 ? { rules: rules.map(toRule) } : {}),
    ...(always ? { always: rule(always) } : {}),
    ...(busy ? { busy: rule(busy) } : {}),
    ...(noAnswer ? { noAnswer: { ...rule(noAnswer), afterSeconds: noAnswer.afterSeconds } } : {}),
    ...(unreachable ? { unreachable: rule(unreachable) } : {}),
    ...(doNotDisturb
      ? {
          doNotDisturb: {
            exceptions: doNotDisturb.exceptions,
            usesBusyRule: doNotDisturb.usesBusyRule,
            ...untilMs(doNotDisturb.until),
          },
        }
      : {}),
  }
}

export function toRules(handling: CallHandling): RulesView['rules'] {
  const { rules, always, busy, noAnswer, unreachable, callWaiting, doNotDisturb } = handling
  const rule = ({ to, untilMs: ms, times }: ForwardRule) => ({ to, ...untilText(ms), ...timesText(times) })
  return {
    callWaiting,
    ...(rules ? { rules: rules.map(fromRule) } : {}),
    ...(always ? { always: rule(always) } : {}),
    ...(busy ? { busy: rule(busy) } : {}),
    ...(noAnswer ? { noAnswer: { ...rule(noAnswer), afterSeconds: noAnswer.afterSeconds } } : {}),
    ...(unreachable ? { unreachable: rule(unreachable) } : {}),
    ...(doNotDisturb
      ? {
          doNotDisturb: {
            exceptions: [...doNotDisturb.exceptions],
            usesBusyRule: doNotDisturb.usesBusyRule,
            ...untilText(doNotDisturb.untilMs),
          },
        }
      : {}),
  }
}

/** Where all rules lead that send calls on. */
export function targetsOf({ rules = [], always, busy, noAnswer, unreachable }: CallHandling): readonly string[] {
  const fixed = [always, busy, noAnswer, unreachable].flatMap((rule) => (rule ? [rule.to] : []))
  return [...fixed, ...rules.flatMap(({ action }) => (action.kind === 'forward' ? [action.to] : []))]
}
