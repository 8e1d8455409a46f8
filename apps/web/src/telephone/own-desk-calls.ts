import type { ReplyOf } from '../api/api.ts'

type LiveCall = ReplyOf<'readLiveCall'>
type Connection = LiveCall['connections'][number]

/** A call as the person at a desk phone sees it. */
export interface DeskCall {
  readonly callId: string
  readonly legId: string
  /** Who is at the other end. */
  readonly who: string
  readonly number: string
  readonly state: Connection['state']
  /** It rings here, and was not begun here. */
  readonly isIncoming: boolean
  readonly sinceMs: number | undefined
}

/**
 * The calls of a person at one device, the one that rings first, then the one that talks.
 * @param deviceId undefined: at any of their devices
 */
export function deskCallsOf(calls: readonly LiveCall[], userId: string, deviceId: string | undefined): DeskCall[] {
  const rank = ({ isIncoming, state }: DeskCall): number => (isIncoming ? 0 : state === 'connected' ? 1 : 2)
  return calls
    .flatMap(({ id, connections, caller, called, dialled, answeredAt }): DeskCall[] => {
      const own = connections.find(
        (one) => one.party.userId === userId && (deviceId === undefined || one.deviceId === deviceId),
      )
      if (!own) return []
      const other = connections.find((one) => one.legId !== own.legId && one.party.userId !== userId)
      const far = other?.party ?? (caller.userId === userId ? called : caller)
      const isIncoming = own.state === 'alerting' && caller.userId !== userId
      const number = far.number || dialled
      return [
        {
          callId: id,
          legId: own.legId,
          who: far.name ?? number,
          number,
          state: own.state,
          isIncoming,
          sinceMs: answeredAt === undefined ? undefined : Date.parse(answeredAt),
        },
      ]
    })
    .toSorted((a, b) => rank(a) - rank(b))
}
