import type { UserId } from '@vaxel/base'
import type { CallHandling, GroupMemberships, ShortDials } from '../ports/user-settings.ts'
import type { PresenceState } from '../presence/presence.ts'
import type { AssistantFilter } from './call-filter.ts'
import type { WorkProfiles } from './profile.ts'

/** What routing knows of people beside the directory. What is absent is not known, and nothing is decided by it. */
export interface PeopleNow {
  readonly nowMs: number
  handling(userId: UserId): CallHandling | undefined
  /** Talks in another call than this one. */
  isOnPhone(userId: UserId): boolean
  /** Has called an emergency number a short while ago: the centre may call back, and must get through. */
  awaitsEmergencyCallBack(userId: UserId): boolean
  presence?(userId: UserId): PresenceState | undefined
  /** Whether the caller of this call is among a person's contacts. */
  isContact?(userId: UserId): boolean | undefined
  /** Whether any device of the person is registered. */
  isReachable?(userId: UserId): boolean
  /** When the person's last talk ended; undefined: not for a long time. */
  lastTalkEndedMs?(userId: UserId): number | undefined
  /** Whether a person's phones may answer intercom calls by themselves. */
  allowsIntercom?(userId: UserId): boolean
  profiles?(userId: UserId): WorkProfiles | undefined
  filter?(userId: UserId): AssistantFilter | undefined
  memberships?(userId: UserId): GroupMemberships | undefined
  shortDials?(userId: UserId): ShortDials | undefined
  /** Whether one of these people talks in a call to this number, other than this call. */
  isLineBusy?(number: string, userIds: readonly UserId[]): boolean
}
