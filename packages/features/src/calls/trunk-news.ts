import type { TrunkFault } from '@vaxel/core'
import type { InviteEnd } from '@vaxel/sip'
import type { SipLegEvents } from './sip-leg.ts'

/** What the end of an INVITE says of the target that it went to; undefined: somebody is there. */
export function faultOfEnd({ by, status, reasonPhrase }: InviteEnd): TrunkFault | undefined {
  if (by === 'timeout') return { kind: 'silent' }
  if (by === 'transport') return { kind: 'unreachable', ...(reasonPhrase ? { text: reasonPhrase } : {}) }
  if (by === 'peer' && status === 503)
    return { kind: 'refused', status, ...(reasonPhrase ? { text: reasonPhrase } : {}) }
  return undefined
}

/** The same news of a leg, and what they show of the trunk's target that it goes to, told once. */
export function withTrunkNews(events: SipLegEvents, note: (fault: TrunkFault | undefined) => void): SipLegEvents {
  let isNoted = false
  const noteOnce = (fault: TrunkFault | undefined): void => {
    if (isNoted) return
    isNoted = true
    note(fault)
  }
  return {
    ...events,
    alerting: (early) => {
      noteOnce(undefined)
      events.alerting(early)
    },
    answered: () => {
      noteOnce(undefined)
      events.answered()
    },
    failed: (end) => {
      // Of a call that we took back ourselves nothing is known.
      if (end.by !== 'us') noteOnce(faultOfEnd(end))
      events.failed(end)
    },
  }
}
