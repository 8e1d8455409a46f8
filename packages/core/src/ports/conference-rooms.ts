import type { CallId, CompanyId, Refusal, UserId } from '@vaxel/base'
import type { ConferenceRoom } from '../conference/room.ts'
import type { LedgerEvent, Party } from './call-ledger.ts'
import type { MixId } from './media-engine.ts'

/** Conference rooms as their owners have set them, whole in memory. PINs are sealed where they lie. */
export interface ConferenceRoomStore {
  room(companyId: CompanyId, number: string): ConferenceRoom | undefined
  roomsOf(companyId: CompanyId): readonly ConferenceRoom[]
  /** Resolves when it is durable, with its event. */
  put(room: ConferenceRoom, event: LedgerEvent): Promise<void>
  remove(companyId: CompanyId, number: string, event: LedgerEvent): Promise<void>
}

/** What conferences ask of the calls that go on. */
export interface ConferenceCalls {
  /**
   * Calls a number in a user's rights and on that user's money; whoever answers is in the room.
   * @param callId chosen by the caller, so that the room can expect it
   */
  invite(request: {
    readonly callId: CallId
    readonly companyId: CompanyId
    readonly by: UserId
    readonly to: string
    readonly room: string
    readonly roomName: string
  }): Promise<Refusal | undefined>
  /**
   * Records what everybody in a conference hears, whoever comes and goes.
   * @param request `callId`: of the member whose recording it is; `ended` is told once, however it ends
   */
  record(request: {
    readonly callId: CallId
    readonly mix: MixId
    /** Whom that member talks with, as the recording names it. */
    readonly room: Party
    readonly ended: () => void
  }): Promise<RecordedRoom | Refusal>
}

/** The recording of a conference that goes on. */
export interface RecordedRoom {
  stop(): void
}

/** Makes the room of an ad-hoc conference, for whoever puts it together. @returns its number */
export type OpenAdHoc = (companyId: CompanyId, moderator: UserId | undefined, name: string) => string

/** Calls a number into a room for a call that is in it; only a moderator's may. */
export type InviteIntoRoom = (wish: {
  readonly callId: CallId
  readonly companyId: CompanyId
  readonly room: string
  readonly to: string
}) => Promise<Refusal | undefined>
