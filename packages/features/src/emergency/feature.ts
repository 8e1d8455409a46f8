import type { CompanyId, Refusal, UserId } from '@vaxel/base'
import { listEmergencyCalls, NotFound, type OperationHandler, perform, seeEmergencyCall } from '@vaxel/contract'
import type { AuditReader, CallLedger } from '@vaxel/core'
import { EmergencyList } from './emergency-list.ts'
import { EmergencyWatch, staffOf, type WatchDependencies } from './emergency-watch.ts'

export { SitePlaces } from './site-places.ts'

/** Emergency calls, and who looks after them. */
export interface EmergencyFeature {
  readonly handlers: readonly OperationHandler[]
  /** Resolves when what is known has been told. */
  close(): Promise<void>
}

export interface EmergencyDependencies extends Omit<WatchDependencies, 'list'> {
  readonly audit: AuditReader
  readonly ledger: Pick<CallLedger, 'append'>
}

/** Emergency calls are told of and shown to the staff for a day; what is in the ledger about them stays. */
export function createEmergency(dependencies: EmergencyDependencies): EmergencyFeature {
  const { clock, directory, notices } = dependencies
  const list = new EmergencyList(dependencies)
  const watch = new EmergencyWatch({ ...dependencies, list })

  const see = async (companyId: CompanyId, userId: UserId, call: string): Promise<Refusal | undefined> => {
    const known = (await list.views(companyId)).find(({ callId }) => callId === call)
    if (!known) return NotFound()
    if (known.seen) return undefined
    const atMs = clock.now()
    const name = directory.user(userId)?.displayName ?? ''
    await list.add({ kind: 'emergency.acknowledged', atMs, companyId, data: { call, userId, name } })
    const to = staffOf(directory, companyId).map(({ id }) => id)
    notices.publish({ companyId, kind: 'emergencyCalls.changed', data: { callId: call }, atMs, to })
    return undefined
  }

  return {
    handlers: [
      perform(listEmergencyCalls, async ({ principal }) => ({
        items: await list.views(principal.companyId as CompanyId),
      })),
      perform(
        seeEmergencyCall,
        ({ principal, params }) =>
          see(principal.companyId as CompanyId, principal.userId as UserId, params.callId) as Promise<undefined>,
      ),
    ],
    close: () => watch.close(),
  }
}
