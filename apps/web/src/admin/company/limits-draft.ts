import type { ReplyOf } from '../../api/api.ts'
import { wordsOf } from '../trunks/trunk-draft.ts'

type Limits = ReplyOf<'readCompany'>['limits']

/** Limits as they are being filled in; what is empty does not limit. Money in whole units of the currency. */
export interface LimitsDraft {
  readonly callsAtOnce: string
  readonly callsPerMinute: string
  readonly allowed: string
  readonly blocked: string
  readonly spendPerDay: string
}

const micros = 1_000_000
const textOf = (value: number | undefined): string => (value === undefined ? '' : String(value))

export const draftOfLimits = (limits: Limits): LimitsDraft => ({
  callsAtOnce: textOf(limits.callsAtOnce),
  callsPerMinute: textOf(limits.callsPerMinute),
  allowed: limits.allowedDestinations?.join(' ') ?? '',
  blocked: limits.blockedDestinations?.join(' ') ?? '',
  spendPerDay: limits.spendPerDayMicros === undefined ? '' : textOf(limits.spendPerDayMicros / micros),
})

export function limitsOf(draft: LimitsDraft): Limits {
  const number = (text: string) => (text.trim() === '' ? undefined : Number(text.replace(',', '.')))
  const [callsAtOnce, callsPerMinute, spend] = [draft.callsAtOnce, draft.callsPerMinute, draft.spendPerDay].map(number)
  const [allowed, blocked] = [wordsOf(draft.allowed), wordsOf(draft.blocked)]
  return {
    ...(callsAtOnce === undefined ? {} : { callsAtOnce }),
    ...(callsPerMinute === undefined ? {} : { callsPerMinute }),
    ...(allowed.length === 0 ? {} : { allowedDestinations: allowed }),
    ...(blocked.length === 0 ? {} : { blockedDestinations: blocked }),
    ...(spend === undefined ? {} : { spendPerDayMicros: Math.round(spend * micros) }),
  }
}
