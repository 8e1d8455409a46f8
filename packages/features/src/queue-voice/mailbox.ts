import type { Queue, ServiceLine } from '@vaxel/core'
import type { QueueVoiceDependencies } from './parts.ts'

/** The number of voicemail, where the queue's mailbox takes a message; undefined where the queue has none. */
export function voicemailOf(
  { directory }: Pick<QueueVoiceDependencies, 'directory'>,
  { companyId }: Pick<ServiceLine, 'companyId'>,
  queue: Queue,
): { readonly number: string; readonly box: string } | undefined {
  if (queue.mailboxNumber === undefined) return undefined
  const voicemail = directory
    .numbersOf(companyId)
    .find(({ target }) => target.kind === 'service' && target.service === 'voicemail' && target.id === undefined)
  return voicemail && { number: voicemail.number, box: queue.mailboxNumber }
}
