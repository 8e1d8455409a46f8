import type { DeviceId } from '@vaxel/base'

/** Where somebody works now, and how calls find them there. */
export interface WorkProfile {
  /** Within its person's profiles. */
  readonly id: string
  readonly name: string
  readonly place: 'office' | 'home' | 'mobile' | 'other'
  /** Only these of the person's devices ring; absent: all. When none of them is registered, all ring. */
  readonly deviceIds?: readonly DeviceId[]
  /** Takes the place of the person's own rule for the same moment. */
  readonly forward?: {
    readonly moment: 'always' | 'noAnswer' | 'unreachable'
    readonly to: string
    /** How long devices ring before, for `noAnswer`. */
    readonly afterSeconds?: number
  }
}

/** A person's profiles and which one holds. */
export interface WorkProfiles {
  readonly list: readonly WorkProfile[]
  /** Absent: none holds. */
  readonly active?: { readonly id: string; readonly untilMs?: number }
}

/** The profile that holds, if one does. */
export function activeProfile(profiles: WorkProfiles | undefined, nowMs: number): WorkProfile | undefined {
  const active = profiles?.active
  if (!active || (active.untilMs !== undefined && active.untilMs <= nowMs)) return undefined
  return profiles.list.find(({ id }) => id === active.id)
}
