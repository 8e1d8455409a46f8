import type { Clock, Logger } from '@vaxel/base'
import { ForeignHttp } from '@vaxel/connect'
import type { CallerNames, Mailer } from '@vaxel/core'
import type { CallService } from '@vaxel/features/calls'
import { createFlows, type FlowDependencies, type FlowsFeature } from '@vaxel/features/flows'
import { sentences, wavLength } from '@vaxel/media'
import type { Store } from '@vaxel/store'

/** Flows, with what they ask of the rest of the platform. */
export function buildFlows(parts: {
  readonly store: Store
  readonly clock: Clock
  readonly log: Logger
  readonly mailer: Pick<Mailer, 'queue'>
  /** Inner networks that look-ups may reach. */
  readonly lookupNetworks: readonly string[]
  /** The system's own if absent. */
  readonly dnsServers: readonly string[] | undefined
  readonly calls: Pick<CallService, 'owner' | 'recordings' | 'admission'>
  readonly callerNames: () => CallerNames | undefined
  readonly presenceOf: FlowDependencies['presenceOf']
}): FlowsFeature {
  const { store, calls, callerNames } = parts
  const { clock, lookupNetworks: allowedNetworks, dnsServers } = parts
  const http = new ForeignHttp({ allowedNetworks, clock, ...(dnsServers ? { dnsServers } : {}) })
  const flows = createFlows({
    ...store,
    ...parts,
    http,
    prompts: sentences,
    readWav: wavLength,
    isContact: async (companyId, number) => (await callerNames()?.nameOf(companyId, undefined, number)) !== undefined,
    spentTodayMicros: (companyId) => calls.admission.usageOf(companyId).spentTodayMicros,
    record: async (callId, legId, isOn) => {
      const owner = calls.owner(callId)
      const leg = owner?.legs.get(legId)
      if (!owner || !leg) return 'the call is gone'
      // A flow does not stop what the company's rules record.
      const refused = isOn ? await calls.recordings.start(owner, leg) : calls.recordings.stop(owner, legId, false)
      return refused?.text
    },
  })
  return {
    ...flows,
    close: async () => {
      await flows.close()
      http.close()
    },
  }
}
