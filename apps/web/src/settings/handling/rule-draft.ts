import type { ReplyOf } from '../../api/api.ts'
import { endOf, type Lasts, plainNumber } from '../forwarding-draft.ts'
import { type Period, timesOf, type WeeklyTimes } from './times-draft.ts'

export type Rule = NonNullable<ReplyOf<'readMyForwarding'>['rules']['rules']>[number]
export type CallerList = NonNullable<Rule['from']>
export type CallerKind = NonNullable<CallerList['kinds']>[number]
export type PresenceState = NonNullable<Rule['presence']>[number]
export type Moment = Rule['moment']

export const callerKinds: readonly CallerKind[] = ['colleague', 'outside', 'contact', 'stranger', 'withheld']
export const presenceStates: readonly PresenceState[] = [
  'available',
  'busy',
  'inMeeting',
  'doNotDisturb',
  'beRightBack',
  'away',
  'offline',
]
export const moments: readonly Moment[] = ['always', 'busy', 'noAnswer', 'unreachable']

/** A rule as it is being filled in. */
export interface RuleDraft {
  readonly name: string
  readonly isOff: boolean
  readonly isForSome: boolean
  readonly kinds: readonly CallerKind[]
  /** Numbers and their beginnings, with commas between them; a beginning ends with `*`. */
  readonly numbers: string
  readonly isByPresence: boolean
  readonly presence: readonly PresenceState[]
  readonly periods: readonly Period[] | undefined
  readonly timeZone: string
  readonly moment: Moment
  readonly afterSeconds: string
  readonly action: Rule['action']['kind']
  readonly to: string
  readonly lasts: Lasts
  readonly until?: string
}

export const emptyRule = (timeZone: string): RuleDraft => ({
  name: '',
  isOff: false,
  isForSome: true,
  kinds: [],
  numbers: '',
  isByPresence: false,
  presence: [],
  periods: undefined,
  timeZone,
  moment: 'always',
  afterSeconds: '20',
  action: 'forward',
  to: '',
  lasts: 'forever',
})

export function draftOfRule(rule: Rule, timeZone: string): RuleDraft {
  const { from, presence, times, until, action } = rule
  return {
    ...emptyRule(times?.timeZone ?? timeZone),
    name: rule.name,
    isOff: rule.isOff ?? false,
    isForSome: from !== undefined,
    kinds: from?.kinds ?? [],
    numbers: numbersText(from),
    isByPresence: presence !== undefined,
    presence: presence ?? [],
    periods: times?.periods,
    moment: rule.moment,
    afterSeconds: String(rule.afterSeconds ?? 20),
    action: action.kind,
    to: action.kind === 'forward' ? action.to : '',
    lasts: until === undefined ? 'forever' : 'kept',
    ...(until === undefined ? {} : { until }),
  }
}

/** @example numbersText({ numbers: ['205'], prefixes: ['+4611'] }) // '205, +4611*' */
export function numbersText({ numbers = [], prefixes = [] }: CallerList = {}): string {
  return [...numbers, ...prefixes.map((prefix) => `${prefix}*`)].join(', ')
}

/** Callers as they were typed. @example callersOf('205, +4611*', []) // { numbers: ['205'], prefixes: ['+4611'] } */
export function callersOf(text: string, kinds: readonly CallerKind[]): CallerList {
  const written = text
    .split(/[,;\n]/)
    .map(plainNumber)
    .filter((one) => one !== '')
  const numbers = written.filter((one) => !one.endsWith('*'))
  const prefixes = written.filter((one) => one.endsWith('*')).map((one) => one.slice(0, -1))
  return {
    ...(numbers.length > 0 ? { numbers } : {}),
    ...(prefixes.length > 0 ? { prefixes } : {}),
    ...(kinds.length > 0 ? { kinds: [...kinds] } : {}),
  }
}

/** The rule that the draft is; undefined while something is missing. */
export function ruleOf(draft: RuleDraft, nowMs: number): Rule | undefined {
  const name = draft.name.trim()
  const from = draft.isForSome ? callersOf(draft.numbers, draft.kinds) : undefined
  const times: WeeklyTimes | undefined = draft.periods && timesOf(draft.periods, draft.timeZone)
  const to = plainNumber(draft.to)
  const until = endOf({ isOn: true, to, lasts: draft.lasts, ...(draft.until ? { until: draft.until } : {}) }, nowMs)
  const isUnfinished =
    name === '' ||
    (from && Object.keys(from).length === 0) ||
    (draft.isByPresence && draft.presence.length === 0) ||
    (draft.periods && !times) ||
    (draft.action === 'forward' && to === '')
  if (isUnfinished) return undefined
  const moment = draft.action === 'forward' ? draft.moment : 'always'
  return {
    name,
    ...(draft.isOff ? { isOff: true as const } : {}),
    ...(until === undefined ? {} : { until }),
    ...(from ? { from } : {}),
    ...(draft.isByPresence ? { presence: [...draft.presence] } : {}),
    ...(times ? { times } : {}),
    moment,
    ...(moment === 'noAnswer' ? { afterSeconds: Number(draft.afterSeconds) } : {}),
    action: draft.action === 'forward' ? { kind: 'forward', to } : { kind: draft.action },
  }
}
