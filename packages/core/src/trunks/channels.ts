import type { Trunk } from '../ports/trunk.ts'

/** Why a trunk takes no more calls. */
export type TrunkLimit = { readonly kind: 'channels'; readonly count: number } | { readonly kind: 'money' }

/**
 * Whether a trunk may take one more call. An emergency call takes what channel there is, also the last ones, which are kept for it,
 * and asks about no money; where none is left the carrier decides.
 */
export function trunkLimit(
  {
    channels,
    emergencyChannels = 0,
    spendPerDayMicros,
  }: Pick<Trunk, 'channels' | 'emergencyChannels' | 'spendPerDayMicros'>,
  inUse: { readonly callsNow: number; readonly spentTodayMicros: number },
  isEmergency: boolean,
): TrunkLimit | undefined {
  if (isEmergency) return undefined
  if (channels !== undefined) {
    const open = Math.max(0, channels - emergencyChannels)
    if (inUse.callsNow >= open) return { kind: 'channels', count: open }
  }
  if (spendPerDayMicros !== undefined && inUse.spentTodayMicros >= spendPerDayMicros) return { kind: 'money' }
  return undefined
}
