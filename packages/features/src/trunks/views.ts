import type { OperationReply, readTrunkState } from '@vaxel/contract'
import { type TargetHealth, targetName, type Trunk, type TrunkFault } from '@vaxel/core'
import { certificateWarnings, type OwnCertificate } from './certificate-warnings.ts'
import { revocationViews, revocationWarnings } from './revocation-age.ts'
import type { TrunkWatch } from './trunk-watch.ts'

type View = OperationReply<typeof readTrunkState>
const at = (ms: number): string => new Date(ms).toISOString()

function toFault({ kind, status, text }: TrunkFault): NonNullable<View['targets'][number]['fault']> {
  return {
    kind,
    ...(status === undefined ? {} : { status }),
    ...(text ? { text: text.slice(0, 300) } : {}),
  }
}

function toTarget(name: string, health: TargetHealth | undefined, nowMs: number): View['targets'][number] {
  if (!health) return { target: name, state: 'unknown', since: at(nowMs) }
  return {
    target: name,
    state: health.state,
    since: at(health.sinceMs),
    ...(health.checkedAtMs === undefined ? {} : { checkedAt: at(health.checkedAtMs) }),
    ...(health.roundTripMs === undefined ? {} : { roundTripMs: Math.round(health.roundTripMs * 10) / 10 }),
    ...(health.fault ? { fault: toFault(health.fault) } : {}),
  }
}

function toRegistration(watch: TrunkWatch | undefined): Pick<View, 'registration'> {
  const state = watch?.registration?.state
  if (!state) return {}
  const { name, sinceMs } = state
  return {
    registration: {
      state: name,
      since: at(sinceMs),
      ...(name === 'registered' ? { expiresAt: at(state.expiresAtMs), target: state.target } : {}),
      ...(name === 'failed' ? { retryAt: at(state.retryAtMs), fault: toFault(state.fault) } : {}),
    },
  }
}

/** How a trunk is, as the API tells it. */
export function toTrunkState(
  trunk: Trunk,
  watch: TrunkWatch | undefined,
  around: {
    readonly nowMs: number
    readonly usage: { readonly callsNow: number; readonly spentTodayMicros: number }
    readonly certificate: OwnCertificate | undefined
  },
): View {
  const { nowMs, usage, certificate } = around
  return {
    trunkId: trunk.id,
    name: trunk.name,
    callsNow: usage.callsNow,
    spentTodayMicros: Math.round(usage.spentTodayMicros),
    targets: trunk.targets.map((target) => toTarget(targetName(target), watch?.health(target), nowMs)),
    ...toRegistration(watch),
    warnings: [...(certificate ? certificateWarnings(trunk, certificate) : []), ...revocationWarnings(trunk, nowMs)],
    revocationLists: revocationViews(trunk),
  }
}
