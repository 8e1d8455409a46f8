import type { CallId, CompanyId } from '@vaxel/base'
import type { ChannelHands, Party, WorkDesk } from '@vaxel/core'
import { withheldNumber } from '@vaxel/core'

/** A message that somebody has left in a mailbox of several people. */
export interface LeftMessage {
  readonly boxId: string
  readonly messageId: string
  readonly companyId: CompanyId
  /** Of the mailbox. */
  readonly number: string
  readonly from: Party
  readonly callId?: CallId
}

/** Messages in a queue's mailbox are work of that queue, if it takes such. */
export async function takeMessage(
  desk: WorkDesk,
  { boxId, messageId, companyId, number, from, callId }: LeftMessage,
): Promise<void> {
  const queues = desk
    .centre(companyId)
    .queues.filter(({ mailboxNumber, channels }) => mailboxNumber === number && channels.includes('voicemail'))
  const [queue] = queues
  if (!queue) return
  const isKnown = from.number !== withheldNumber
  await desk.add({
    companyId,
    queueId: queue.id,
    channel: 'voicemail',
    customer: isKnown
      ? {
          number: from.number,
          ...(from.name === undefined ? {} : { name: from.name }),
          ...(from.userId ? { userId: from.userId } : {}),
        }
      : {},
    reference: `${boxId}/${messageId}`,
    ...(callId ? { callId } : {}),
  })
}

/** Messages are heard in the console; they stay where they are. */
export const messageHands = (exists: (boxId: string, messageId: string) => Promise<boolean>): ChannelHands => ({
  exists: async ({ reference }) => {
    const [boxId, messageId] = reference?.split('/') ?? []
    return boxId !== undefined && messageId !== undefined && (await exists(boxId, messageId))
  },
})
