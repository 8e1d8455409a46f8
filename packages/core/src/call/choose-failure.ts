import type { Termination } from '@vaxel/base'
import type { LegFailure } from './call.ts'

/** What one failed leg tells the caller, best first: a global no, a person's busy, then absence, then faults. */
const preference = [603, 600, 606, 486, 480, 487, 408, 404, 410, 484, 488, 403]

/**
 * Chooses the answer for the caller when all legs have failed (RFC 3261 §16.7 step 6, with a person's
 * own answer before a machine's).
 * @example chooseFailure([{ status: 408, by: 'timeout' }, { status: 486, by: 'peer' }]).status // 486
 */
export function chooseFailure(failures: readonly LegFailure[]): LegFailure {
  let best: LegFailure | undefined
  for (const failure of failures) if (!best || rank(failure.status) < rank(best.status)) best = failure
  return best ?? { status: 480, by: 'us', reason: 'No device is registered' }
}

function rank(status: number): number {
  const place = preference.indexOf(status)
  if (place >= 0) return place
  return status >= 600 ? 1 : status >= 500 ? 90 : 50
}

/** Nobody could be asked, as opposed to: somebody said no. */
export function isUnreachable(failure: LegFailure): boolean {
  return (
    failure.by !== 'peer' ||
    failure.status === 408 ||
    failure.status === 480 ||
    (failure.status >= 500 && failure.status < 600)
  )
}

const reasons: Readonly<Record<number, readonly [reason: string, blame: Termination['blame']]>> = {
  404: ['unknown-number', 'caller'],
  408: ['no-answer', 'callee'],
  410: ['unknown-number', 'caller'],
  480: ['unavailable', 'callee'],
  484: ['incomplete-number', 'caller'],
  486: ['busy', 'callee'],
  487: ['cancelled', 'caller'],
  488: ['no-common-codec', 'callee'],
  600: ['busy', 'callee'],
  603: ['declined', 'callee'],
  604: ['unknown-number', 'caller'],
  606: ['no-common-codec', 'callee'],
}

/** The one mapping from a leg's failure to why the call ended. */
export function terminationOf(failure: LegFailure): Termination {
  const blame = failure.isTrunk ? 'trunk' : 'callee'
  // Nothing was heard of the peer at all: nobody rang, so nobody failed to answer.
  if (failure.by === 'transport' || (failure.by === 'timeout' && failure.status === 408)) {
    return {
      blame,
      reason: 'unreachable',
      sip: failure.status,
      text: failure.reason ?? 'The other side does not answer messages.',
    }
  }
  const [reason, usual] = reasons[failure.status] ?? [failure.status >= 500 ? 'peer-fault' : 'refused', blame]
  return { blame: usual, reason, sip: failure.status, ...(failure.reason ? { text: failure.reason } : {}) }
}
