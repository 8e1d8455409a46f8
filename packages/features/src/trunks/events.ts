import type { LedgerEvent, Trunk, TrunkFault } from '@vaxel/core'

const about = (trunk: Trunk): Record<string, unknown> => ({ trunkId: trunk.id, name: trunk.name })
const told = (fault: TrunkFault | undefined): Record<string, unknown> => (fault ? { fault: { ...fault } } : {})

/** A target does not answer, cannot be reached, or says that it is out of order. Told once, not for each attempt. */
export const targetDown = (trunk: Trunk, target: string, fault: TrunkFault, atMs: number): LedgerEvent => ({
  kind: 'trunk.targetFailed',
  atMs,
  companyId: trunk.companyId,
  data: { ...about(trunk), target, ...told(fault) },
})

/** A target that was down is there again. */
export const targetUp = (trunk: Trunk, target: string, downMs: number, atMs: number): LedgerEvent => ({
  kind: 'trunk.targetRecovered',
  atMs,
  companyId: trunk.companyId,
  data: { ...about(trunk), target, downMs },
})

/** The carrier knows where we are; a refresh tells nothing. */
export const trunkRegistered = (trunk: Trunk, target: string, expiresAtMs: number, atMs: number): LedgerEvent => ({
  kind: 'trunk.registered',
  atMs,
  companyId: trunk.companyId,
  data: { ...about(trunk), target, expiresAtMs },
})

/** A registration could not be made or renewed. Told when it begins. */
export const trunkUnregistered = (trunk: Trunk, fault: TrunkFault, atMs: number): LedgerEvent => ({
  kind: 'trunk.unregistered',
  atMs,
  companyId: trunk.companyId,
  data: { ...about(trunk), ...told(fault) },
})
