import type { Clock, Logger } from '@vaxel/base'
import type { AgentDesk, MailboxId, Notices, RecordingDesk, VoiceMessageId, WorkDesk } from '@vaxel/core'
import { type CallService, queueCalls } from '@vaxel/features/calls'
import { createQueueVoice, type QueueVoiceDependencies, type QueueVoiceFeature } from '@vaxel/features/queue-voice'
import type { VoicemailFeature } from '@vaxel/features/voicemail'
import type { Store } from '@vaxel/store'

/** Voice queues, with what they ask of the rest of the platform. */
export function buildQueueVoice(parts: {
  readonly store: Store
  readonly clock: Clock
  readonly log: Logger
  readonly notices: Pick<Notices, 'publish'>
  readonly calls: CallService
  readonly desk: WorkDesk
  readonly agents: AgentDesk
  readonly voicemail: Pick<VoicemailFeature, 'onLeft'>
  readonly nameSound: QueueVoiceDependencies['nameSound']
}): QueueVoiceFeature {
  const { store, calls, voicemail, log } = parts
  const { directory, flows, ledger } = store
  const queueVoice = createQueueVoice({
    ...parts,
    directory,
    ledger,
    calls: queueCalls(calls),
    soundOf: (companyId, id) => {
      const sound = flows.sound(companyId, id)
      return sound && { source: { kind: 'file', path: flows.soundPath(sound) }, durationMs: sound.durationMs }
    },
    tellsMonitored: (companyId) => directory.company(companyId)?.tellsMonitored ?? true,
    messageExists: async (boxId, messageId) => {
      const message = await store.voicemail.find(boxId as MailboxId, messageId as VoiceMessageId)
      return message !== undefined && message.state !== 'deleted'
    },
  })
  calls.voice.provide('queue', queueVoice.service)
  voicemail.onLeft(({ id, boxId, companyId, from, callId }, box) => {
    if (box.number === undefined || box.userId !== undefined) return
    const message = { boxId, messageId: id, companyId, number: box.number, from }
    queueVoice
      .messageLeft({ ...message, ...(callId ? { callId } : {}) })
      .catch((error: unknown) => log.error('a message is in no queue', { messageId: id, error: String(error) }))
  })
  return queueVoice
}

const modes = { always: 'always', onDemand: 'onDemand', never: 'off' } as const

/** What a queue says of recording comes before what its company and people have. */
export const recordingByQueue = (
  desk: RecordingDesk,
  queueVoice: () => QueueVoiceFeature | undefined,
): RecordingDesk => ({
  ruleFor: (leg) => {
    const rule = desk.ruleFor(leg)
    const wanted = leg.isTrunk && !leg.isBetweenTrunks ? undefined : queueVoice()?.recordingOf(leg)
    return wanted ? { ...rule, mode: modes[wanted] } : rule
  },
  whyNoCall: (companyId) => desk.whyNoCall(companyId),
  begin: (leg, trigger) => desk.begin(leg, trigger),
  failed: (id, reason) => desk.failed(id, reason),
  paused: (id, isPaused, atMs) => desk.paused(id, isPaused, atMs),
})
