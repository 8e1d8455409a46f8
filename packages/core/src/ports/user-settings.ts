import type { CallId, CompanyId, DeviceId, UserId } from '@vaxel/base'
import type { PresenceClaim } from '../presence/presence.ts'
import type { AssistantFilter } from '../routing/call-filter.ts'
import type { HandlingRule } from '../routing/handling-rule.ts'
import type { WorkProfiles } from '../routing/profile.ts'
import type { WeeklyTimes } from '../routing/weekly-times.ts'
import type { LedgerEvent } from './call-ledger.ts'
import type { PushSubscription } from './push.ts'

/** Where calls go instead, and until when that is so. */
export interface ForwardRule {
  /** As the user would dial it: extension, E.164 number, service. */
  readonly to: string
  /** The rule is over then, milliseconds since 1970; absent = until it is taken away. */
  readonly untilMs?: number
  /** It holds at these hours of the week only; absent = at all times. */
  readonly times?: WeeklyTimes
}

/** What a user wants done with calls that come for them. */
export interface CallHandling {
  /** Looked through before all others, in order: who calls, how the user is, when. */
  readonly rules?: readonly HandlingRule[]
  readonly always?: ForwardRule
  /** On the phone and not to be rung by a second call, or the call was declined. */
  readonly busy?: ForwardRule
  readonly noAnswer?: ForwardRule & { readonly afterSeconds: number }
  /** No device is registered, or none can be reached. */
  readonly unreachable?: ForwardRule
  /** A second call rings too while the user is on the phone; else it finds them busy. */
  readonly callWaiting: boolean
  readonly doNotDisturb?: {
    readonly untilMs?: number
    /** Who rings all the same, as E.164 numbers or extensions. */
    readonly exceptions: readonly string[]
    /** Calls go where they go when busy, if there is such a rule; else they are refused. */
    readonly usesBusyRule: boolean
  }
}

/** Numbers of the groups that a user does not take calls of for now. */
export interface GroupMemberships {
  readonly loggedOutOf: readonly string[]
}

/** A user's own short dials. */
export interface ShortDials {
  readonly entries: readonly ShortDial[]
}

export interface ShortDial {
  /** What follows `*0`: one or two digits. */
  readonly code: string
  /** As the user would dial it. */
  readonly to: string
  readonly name?: string
}

/** Which news a user wants on screen and by push. */
export interface NotificationWishes {
  readonly incomingCalls: boolean
  readonly missedCalls: boolean
  readonly chatMessages: boolean
  readonly sounds: boolean
}

/** What is kept for a user beside the configuration, by kind; each is written as a whole. */
export interface UserSettingKinds {
  readonly handling: CallHandling
  readonly profiles: WorkProfiles
  readonly filter: AssistantFilter
  readonly memberships: GroupMemberships
  readonly shortDials: ShortDials
  /** The newest call that the user has seen in the list of missed ones. */
  readonly callsSeen: { readonly upTo: CallId }
  readonly notifications: NotificationWishes
  /** Whether the user's phones answer intercom calls of colleagues by themselves; absent: they ring. */
  /** At which shared desk phone the user is logged in. */
  readonly desk: { readonly deviceId: DeviceId; readonly sinceMs: number }
  /** With what the user logs in at one: argon2id, as a PHC string. */
  readonly deskPin: { readonly hash: string }
  readonly intercom: { readonly isAllowed: boolean }
  /** How the user wants to be seen; absent = as the line and the other sources say. */
  readonly presence: PresenceClaim
  /** Browsers that take messages while no page is open. */
  readonly push: { readonly subscriptions: readonly PushSubscription[] }
}

export type UserSettingKind = keyof UserSettingKinds

/** Settings that users change themselves. All in memory; routing reads them with every call. */
export interface UserSettings {
  get<Kind extends UserSettingKind>(userId: UserId, kind: Kind): UserSettingKinds[Kind] | undefined
  /** Resolves when durable, with the event that tells of it, if any. `undefined` as the value takes it away. */
  put<Kind extends UserSettingKind>(change: {
    readonly userId: UserId
    readonly companyId: CompanyId
    readonly kind: Kind
    readonly value: UserSettingKinds[Kind] | undefined
    readonly event?: LedgerEvent
  }): Promise<void>
}
