import type { Clock } from '@vaxel/base'
import type { CheckName, CheckResult } from '@vaxel/site'

/** What every result of a check says of where and for what it was made. */
export interface CheckPlace {
  readonly clock: Clock
  /** Part of the site, as the person named it. */
  readonly segment: string
  /** Requirements that such a check is evidence for. */
  requirementIds(check: CheckName): readonly string[]
}

export type Found = Omit<CheckResult, 'check' | 'requirementIds' | 'target' | 'segment' | 'startedAt' | 'endedAt'> & {
  /** Worth knowing, and no evidence for any requirement. */
  readonly isOnlyToKnow?: boolean
}

/** Begins a check now; what it returns makes its result, when it has ended. */
export function beginCheck(place: CheckPlace, check: CheckName, target: string): (found: Found) => CheckResult {
  const { clock, segment } = place
  const startedAt = new Date(clock.now()).toISOString()
  return ({ isOnlyToKnow, ...found }) => ({
    check,
    requirementIds: isOnlyToKnow ? [] : place.requirementIds(check),
    target,
    segment,
    startedAt,
    endedAt: new Date(clock.now()).toISOString(),
    ...found,
  })
}

/** `203.0.113.1:3478`, `[2001:db8::1]:3478`. */
export const endpointText = ({ address, port }: { readonly address: string; readonly port: number }): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
