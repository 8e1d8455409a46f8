import type { Termination } from '@vaxel/base'
import type { InviteEnd } from '@vaxel/sip'

/**
 * Why a leg ended, from how its INVITE dialog usage ended. The one place where SIP ends become words.
 * @param role whose leg it was
 * @param isTrunk it went over a trunk, so that a peer that is lost is the trunk's fault
 */
export function terminationOfEnd(
  end: InviteEnd,
  role: 'caller' | 'callee',
  wasAnswered: boolean,
  isTrunk = false,
): Termination {
  const lost = isTrunk ? 'trunk' : role
  const text = reasonText(end.reason)
  const more = text ? { text } : {}
  switch (end.by) {
    case 'peer':
      if (!wasAnswered) return { blame: role, reason: 'cancelled', sip: end.status ?? 487, ...more }
      return { blame: 'nobody', reason: role === 'caller' ? 'caller-hung-up' : 'callee-hung-up', ...more }
    case 'us':
      return { blame: 'us', reason: 'cleared', ...(end.status ? { sip: end.status } : {}), ...more }
    case 'timeout':
      return { blame: lost, reason: 'peer-lost', sip: end.status ?? 408, text: text ?? 'The peer no longer answers.' }
    case 'transport':
      return { blame: lost, reason: 'connection-lost', text: end.reasonPhrase ?? 'The connection to the peer is gone.' }
    case 'session-timer':
      return { blame: lost, reason: 'session-expired', text: 'The peer did not refresh the session (RFC 4028).' }
    case 'no-ack':
      return { blame: lost, reason: 'no-ack', text: 'The answer was never acknowledged.' }
  }
}

/** `text` parameter of a Reason header field (RFC 3326). */
export function reasonText(reason: string | undefined): string | undefined {
  return reason?.match(/text="((?:[^"\\]|\\.)*)"/i)?.[1]?.slice(0, 200)
}

/** Reason header field that tells a peer why its leg is cleared. */
export function reasonOf(termination: Termination): string {
  const text = (termination.text ?? termination.reason).replace(/["\\\r\n]/g, ' ')
  return termination.sip ? `SIP;cause=${termination.sip};text="${text}"` : `Q.850;cause=16;text="${text}"`
}
