import type { OverflowTarget, Queue, ServiceLine } from '@vaxel/core'
import { voicemailOf } from './mailbox.ts'
import type { QueueVoiceParts } from './parts.ts'
import { prompt } from './spoken.ts'

/** How long a number rings to which a queue sends its callers. */
const ringMs = 60_000

/** Takes a caller out of a queue: to a number, to its mailbox, or to the end with a sentence. Returns when the call is to end. */
export async function leaveQueue(
  parts: QueueVoiceParts,
  line: ServiceLine,
  queue: Queue,
  to: OverflowTarget,
): Promise<void> {
  const { name } = queue
  if (to.kind === 'number') {
    line.note('queue.sent-on', `goes on from the queue ${name} to ${to.number}`, { name, to: to.number })
    await line.sendOn(to.number, { as: { kind: 'company' }, ringMs })
  }
  const voicemail = to.kind === 'message' ? voicemailOf(parts, line, queue) : undefined
  if (voicemail) {
    line.note('queue.message', `leaves a message for the queue ${name}`, { name })
    await line.sendOn(voicemail.number, { divertedFromNumber: voicemail.box })
  }
  const isClosed = !parts.desk.isOpen(line.companyId, queue.id)
  line.note('queue.goodbye', `the queue ${name} ${isClosed ? 'is closed' : 'cannot take the call'}`, {
    name,
    why: isClosed ? 'closed' : 'busy',
  })
  line.stopSound()
  await line.say([prompt(isClosed ? 'queue-closed' : 'queue-busy')], { isUninterruptible: true })
}
