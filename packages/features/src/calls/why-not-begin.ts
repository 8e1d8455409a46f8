import type { CompanyId, Refusal } from '@vaxel/base'
import { Overloaded } from '@vaxel/core'

/** Whether the machine can take one more call; what comes over the network is looked at before it is read. */
export interface Overload {
  /** It counts then. @param source whose share of what is let in it takes */
  admits(source: CompanyId): boolean
}

/** What there is room for. */
export interface RoomForCalls {
  readonly isClosing: boolean
  readonly isDraining: boolean
  /** Absent: nothing is limited. */
  readonly overload?: Overload | undefined
  hasChannel(companyId: CompanyId): boolean
}

/** Why no further call may be begun from here, by the API, a queue or a conference; emergency calls are not asked about. */
export function whyNotBegin(room: RoomForCalls, companyId: CompanyId): Refusal | undefined {
  if (room.isClosing) return Overloaded('The platform is being shut down.')
  if (room.isDraining)
    return Overloaded('The platform is about to be restarted; try again in a moment.', { retryAfterSeconds: 30 })
  if (!room.hasChannel(companyId))
    return Overloaded('All channels are in use; try again in a moment.', { retryAfterSeconds: 5 })
  if (room.overload?.admits(companyId) === false)
    return Overloaded('More calls at once than the server can take; try again in a moment.', { retryAfterSeconds: 5 })
  return undefined
}
