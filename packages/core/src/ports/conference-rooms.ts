import type { CallId, CompanyId, Refusal, UserId } from '@vaxel/base'
import type { ConferenceRoom } from '../conference/room.ts'
import type { LedgerEvent } from './call-ledger.ts'

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
  /** Records what a call's leg says and hears: the whole conference. */
  record(callId: CallId, isOn: boolean): Promise<Refusal | undefined>
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
