import type { CallRecord, LegRecord, NumberedEvent } from '@vaxel/core'
import type { Trouble } from '../find-troubles.ts'
import { called } from './steps.ts'

export type Fault =
  | 'nobody'
  | 'caller'
  | 'callee'
  | 'caller-network'
  | 'callee-network'
  | 'callee-phone'
  | 'trunk'
  | 'us'
  | 'unknown'

/** Who is at fault, how sure that is, and what to do; words that a client makes sentences of. */
export interface Verdict {
  readonly fault: Fault
  readonly certainty: 'certain' | 'likely' | 'guess'
  readonly code: string
  readonly advice?: string
  readonly params: Readonly<Record<string, string | number>>
}

interface Evidence {
  readonly call: CallRecord
  readonly legs: readonly LegRecord[]
  readonly events: readonly NumberedEvent[]
  readonly troubles: readonly Trouble[]
}

/** Advice by trouble; the trouble's own word where there is one for it. */
const adviceOf: Readonly<Record<Trouble['code'], string>> = {
  'sip-alg': 'alg-off',
  'no-audio-from': 'open-media',
  'no-audio-heard': 'open-media-to',
  lossy: 'check-line',
  'peer-lost': 'keep-way-open',
  'no-ack': 'keep-way-open',
}

/** How much a trouble explains, most first. */
const gravity: readonly Trouble['code'][] = [
  'no-audio-from',
  'no-audio-heard',
  'sip-alg',
  'no-ack',
  'peer-lost',
  'lossy',
]

/**
 * Judges a call: first what its network did to it, then why it ended. Pure.
 * What people chose (busy, declined, hung up) is nobody's fault; it is said plainly who chose.
 */
export function judge(evidence: Evidence): Verdict {
  const { call, legs, troubles } = evidence
  const [worst] = troubles.toSorted((a, b) => gravity.indexOf(a.code) - gravity.indexOf(b.code))
  if (worst && !(worst.code === 'lossy' && brokenOff.has(call.termination?.reason ?? ''))) return ofTrouble(worst, legs)
  if (call.endedAtMs === undefined) return { fault: 'nobody', certainty: 'certain', code: 'goes-on', params: {} }
  return ofEnd(evidence)
}

function ofTrouble({ code, legId }: Trouble, legs: readonly LegRecord[]): Verdict {
  const leg = legs.find(({ id }) => id === legId)
  const who = leg ? called(leg.party) : ''
  const fault: Fault =
    leg?.trunkId !== undefined ? 'trunk' : leg?.role === 'caller' ? 'caller-network' : 'callee-network'
  const certainty = code === 'lossy' || code === 'sip-alg' ? 'certain' : 'likely'
  return { fault, certainty, code, advice: adviceOf[code], params: { who } }
}

/** Ends that explain a call better than the loss that went before them. */
const brokenOff: ReadonlySet<string> = new Set(['connection-lost', 'media-timeout', 'session-expired', 'peer-lost'])

/** Ends that are a choice of people. */
const choices: Readonly<Record<string, string>> = {
  'caller-hung-up': 'hung-up',
  'callee-hung-up': 'hung-up',
  'hung-up': 'hung-up',
  cancelled: 'cancelled',
  busy: 'busy',
  declined: 'declined',
  'user-busy': 'busy',
  'user-do-not-disturb': 'do-not-disturb',
  transferred: 'hung-up',
  cleared: 'cleared',
  'service-not-available': 'service-not-available',
}

function ofEnd({ call, legs, events }: Evidence): Verdict {
  const { termination, caller, called: callee } = call
  const reason = termination?.reason ?? 'unknown'
  const names = { caller: called(caller), callee: called(callee), dialled: call.dialled }
  const asked = legs.filter(({ role }) => role === 'callee')
  const certain = { certainty: 'certain' as const }
  const trunk = legs.find(({ role, trunkId }) => role === 'callee' && trunkId !== undefined)
  if (reason === 'callee-hung-up' || reason === 'caller-hung-up')
    return {
      fault: 'nobody',
      ...certain,
      code: 'hung-up',
      params: { who: reason === 'caller-hung-up' ? names.caller : names.callee },
    }
  const choice = choices[reason]
  if (choice !== undefined)
    return {
      fault: 'nobody',
      ...certain,
      code: choice,
      params: names,
      ...(choice === 'busy' ? { advice: 'set-busy-rule' } : {}),
    }
  switch (reason) {
    case 'unavailable':
    case 'unreachable':
    case 'no-answer': {
      if (trunk)
        return {
          fault: 'trunk',
          certainty: 'likely',
          code: reason === 'no-answer' ? 'no-answer' : 'trunk-silent',
          advice: 'check-trunk',
          params: names,
        }
      if (asked.length === 0)
        return { fault: 'callee-phone', ...certain, code: 'no-device', advice: 'register-device', params: names }
      const rang = events.some(({ kind }) => kind === 'call.delivered')
      if (rang) return { fault: 'nobody', ...certain, code: 'no-answer', advice: 'set-no-answer-rule', params: names }
      return { fault: 'callee-phone', certainty: 'likely', code: 'phone-silent', advice: 'check-phone', params: names }
    }
    case 'number-unknown':
    case 'unknown-number':
    case 'incomplete-number':
      return { fault: 'caller', ...certain, code: 'wrong-number', advice: 'check-number', params: names }
    case 'number-not-allowed':
      return { fault: 'nobody', ...certain, code: 'barred', advice: 'ask-administrator', params: names }
    case 'no-trunk-for-number':
    case 'emergency-without-trunk':
      return { fault: 'us', ...certain, code: 'no-trunk', advice: 'add-trunk', params: names }
    case 'trunk-full':
      return { fault: 'trunk', ...certain, code: 'trunk-full', advice: 'more-channels', params: names }
    case 'spend-limit':
      return { fault: 'nobody', ...certain, code: 'spend-limit', advice: 'ask-administrator', params: names }
    case 'no-common-codec':
    case 'encryption-required':
    case 'sdp-no-common-codec':
    case 'sdp-no-common-keying':
    case 'sdp-encryption-required':
    case 'sdp-no-audio':
      return {
        fault: termination?.blame === 'caller' ? 'caller' : 'callee-phone',
        ...certain,
        code: 'no-common-media',
        advice: 'check-codecs',
        params: names,
      }
    case 'sdp-keys-in-the-open':
      return { fault: 'caller', ...certain, code: 'keys-in-the-open', advice: 'use-tls', params: names }
    case 'connection-lost':
    case 'media-timeout':
    case 'session-expired':
    case 'peer-lost':
    case 'no-ack':
      return lost(termination?.blame, reason, names, legs)
    case 'restarted':
    case 'shut-down':
    case 'internal-error':
    case 'ledger-full':
    case 'media-failed':
      return { fault: 'us', ...certain, code: reason, advice: 'ask-administrator', params: names }
    case 'peer-fault':
      return {
        fault: trunk ? 'trunk' : 'callee-phone',
        certainty: 'likely',
        code: 'peer-fault',
        advice: trunk ? 'check-trunk' : 'check-phone',
        params: { ...names, status: termination?.sip ?? 0 },
      }
    default:
      return byBlame(termination?.blame, { ...names, reason, status: termination?.sip ?? 0 })
  }
}

function lost(
  blame: string | undefined,
  reason: string,
  names: { caller: string; callee: string },
  legs: readonly LegRecord[],
): Verdict {
  const trunk = blame === 'trunk' ? legs.find((leg) => leg.trunkId && leg.termination?.reason === reason) : undefined
  const isCaller = (trunk?.role ?? blame) === 'caller'
  return {
    fault: blame === 'trunk' ? 'trunk' : isCaller ? 'caller-network' : 'callee-network',
    certainty: 'likely',
    code: reason,
    advice: blame === 'trunk' ? 'check-trunk' : 'keep-way-open',
    params: { ...names, who: trunk ? called(trunk.party) : isCaller ? names.caller : names.callee },
  }
}

function byBlame(blame: string | undefined, params: Verdict['params']): Verdict {
  const fault = (
    { caller: 'caller', callee: 'callee', trunk: 'trunk', us: 'us', nobody: 'nobody' } as Readonly<
      Record<string, Fault>
    >
  )[blame ?? '']
  return { fault: fault ?? 'unknown', certainty: 'guess', code: 'other', params }
}
