import type { OperationReply, listWorkReceivers } from '@vaxel/contract'
import type { Directory, DispatcherState, QueueId, WorkItem } from '@vaxel/core'

type Receiver = OperationReply<typeof listWorkReceivers>['items'][number]

const mostReceivers = 50
/** Who is there is offered first. */
const order = { ready: 0, busy: 1, workingAfterCall: 1, notReady: 2, loggedOff: 3 } as const

/**
 * To whom alone an item can be given, with the queue in which it then waits for them: its own where they are in it, else the first of theirs that takes its channel.
 * @param heldBy who has it already
 * @param text part of a name; everybody if empty
 */
export function receiversOf(
  state: DispatcherState,
  directory: Pick<Directory, 'user'>,
  item: WorkItem,
  { heldBy, text }: { readonly heldBy: string | undefined; readonly text: string },
): Receiver[] {
  const wanted = text.trim().toLocaleLowerCase()
  const found: Receiver[] = []
  for (const agent of state.agents.values()) {
    const name = directory.user(agent.id)?.displayName
    if (agent.isRemoved || agent.id === heldBy || name === undefined) continue
    if (!name.toLocaleLowerCase().includes(wanted)) continue
    const queueId = queueFor([...agent.places.keys()], state, item)
    const queue = queueId && state.queues.get(queueId)
    if (!queue) continue
    found.push({
      userId: agent.id,
      name,
      state: agent.state,
      queueId: queue.settings.id,
      queueName: queue.settings.name,
    })
  }
  return found
    .toSorted((a, b) => order[a.state] - order[b.state] || a.name.localeCompare(b.name))
    .slice(0, mostReceivers)
}

function queueFor(queueIds: readonly QueueId[], state: DispatcherState, item: WorkItem): QueueId | undefined {
  if (queueIds.includes(item.queueId)) return item.queueId
  return queueIds.find((id) => state.queues.get(id)?.settings.channels.includes(item.channel))
}
