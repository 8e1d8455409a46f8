import type { StepParams } from '../step-params.ts'

/** What queues did with a call. */
export const queuesEn = {
  'service.queue.waits': (p: StepParams) => `The caller waits in the queue “${p.name}”.`,
  'service.queue.refused': (p: StepParams) => `The queue “${p.name}” could not take the call.`,
  'service.queue.not-there': (p: StepParams) => `${p.number} leads to a queue that takes no calls.`,
  'service.queue.cut-circle': (p: StepParams) =>
    `Queues sent the caller on to each other, at last to “${p.name}”; the call was ended.`,
  'service.queue.told': (p: StepParams) =>
    p.minutes === undefined
      ? `The caller was told their place: ${p.position}.`
      : p.minutes === 'long'
        ? `The caller was told their place, ${p.position}, and that the wait is more than half an hour.`
        : p.minutes === 0
          ? `The caller was told their place, ${p.position}, and that the wait is less than a minute.`
          : `The caller was told their place, ${p.position}, and a wait of about ${p.minutes} min.`,
  'service.queue.asked': (p: StepParams) => `The queue “${p.queue}” asked ${p.name}.`,
  'service.queue.declined': (p: StepParams) => `${p.name} declined.`,
  'service.queue.missed': (p: StepParams) => `${p.name} did not answer in time.`,
  'service.queue.failed': (p: StepParams) => `${p.name} could not be reached.`,
  'service.queue.back': (p: StepParams) =>
    `The agent’s line was lost, or the call was given back: the caller waits again, first in the queue “${p.name}”.`,
  'service.queue.key': (p: StepParams) => `The caller pressed ${p.key}.`,
  'service.queue.call-back': (p: StepParams) => `The caller keeps their place and is called back at ${p.number}.`,
  'service.queue.call-back-begins': (p: StepParams) => `The caller had asked to be called back at ${p.number}.`,
  'service.queue.message': (p: StepParams) => `The caller chose to leave a message for the queue “${p.name}”.`,
  'service.queue.sent-on': (p: StepParams) => `The queue “${p.name}” sent the call on to ${p.to}.`,
  'service.queue.goodbye': (p: StepParams) =>
    p.why === 'closed'
      ? `The queue “${p.name}” was closed, and the caller was told so.`
      : `Nobody of the queue “${p.name}” could take the call, and the caller was told so.`,
  'service.queue.kept': () => 'The agent is connected for as long as they are logged in.',
  'service.queue.agent-refused': (p: StepParams) => `${p.name} could not change their state as an agent.`,
  'service.queue.monitor-listen': (p: StepParams) => `The supervisor listened to a call of ${p.name}.`,
  'service.queue.monitor-whisper': (p: StepParams) => `The supervisor spoke to ${p.name} alone.`,
  'service.queue.monitor-barge': (p: StepParams) => `The supervisor joined in a call of ${p.name}.`,
}
