import { type Clock, isRefusal, type Logger } from '@vaxel/base'
import { ForeignHttp } from '@vaxel/connect'
import type { CallCommands, CallerNames, Mailer } from '@vaxel/core'
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
  readonly calls: Pick<CallCommands, 'command'>
  readonly callerNames: () => CallerNames | undefined
  readonly presenceOf: FlowDependencies['presenceOf']
  readonly spentTodayMicros: FlowDependencies['spentTodayMicros']
}): FlowsFeature {
  const { store, calls, callerNames } = parts
  const http = new ForeignHttp({ allowedNetworks: parts.lookupNetworks })
  const flows = createFlows({
    ...store,
    ...parts,
    http,
    prompts: sentences,
    readWav: wavLength,
    isContact: async (companyId, number) => (await callerNames()?.nameOf(companyId, undefined, number)) !== undefined,
    record: async (companyId, callId, legId, isOn) => {
      const done = await calls.command({ companyId }, callId, isOn ? 'startRecording' : 'stopRecording', { legId })
      return isRefusal(done) ? done.text : undefined
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
