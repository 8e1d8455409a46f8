import type { CallId, DeviceId, LegId, UserId } from '@vaxel/base'
import type { Call, CallLeg, CallState } from '../call/call.ts'
import type { Party } from '../ports/call-ledger.ts'

/** A user's part in a call that goes on. */
export interface LineLeg {
  readonly id: LegId
  readonly callId: CallId
  readonly userId: UserId
  readonly deviceId?: DeviceId
  /** `dialling`: the user calls and nobody has answered. */
  readonly phase: 'dialling' | 'ringing' | 'talking'
  /** As RFC 4235 §4.1.2 has it: the user called, or was called. */
  readonly direction: 'initiator' | 'recipient'
  readonly sinceMs: number
  /** The user has put the call on hold. */
  readonly isHeld?: true
  /** The number that was called, where it is one of several people, or the line that the user calls out on. */
  readonly line?: string
  /** The other side; for those who may know it. */
  readonly remote: Party
}

/** The parts that users of the platform have in a call now; none of a call that has ended. */
export function lineLegsOf({ name, call }: CallState): readonly LineLeg[] {
  if (name === 'ended') return []
  const legs: LineLeg[] = []
  for (const leg of call.legs.values()) {
    const { userId } = leg.party
    const phase = phaseOf(leg)
    if (!userId || leg.endedAtMs !== undefined || !phase) continue
    legs.push({
      id: leg.id,
      callId: call.id,
      userId,
      ...(leg.deviceId === undefined ? {} : { deviceId: leg.deviceId }),
      phase,
      direction: leg.role === 'caller' ? 'initiator' : 'recipient',
      sinceMs: phase === 'talking' ? leg.answeredAtMs! : leg.startedAtMs,
      ...(phase === 'talking' && leg.connection === 'hold' ? { isHeld: true } : {}),
      ...lineOf(leg, call),
      remote: leg.role === 'caller' ? call.called : call.caller,
    })
  }
  return legs
}

function lineOf({ role }: CallLeg, { called, callerLine }: Call): Pick<LineLeg, 'line'> {
  if (role === 'caller') return callerLine === undefined ? {} : { line: callerLine }
  return called.userId === undefined ? { line: called.number } : {}
}

function phaseOf(leg: { role: string; connection: string; answeredAtMs?: number }): LineLeg['phase'] | undefined {
  if (leg.answeredAtMs !== undefined) return 'talking'
  if (leg.connection === 'alerting') return 'ringing'
  return leg.role === 'caller' ? 'dialling' : undefined
}
