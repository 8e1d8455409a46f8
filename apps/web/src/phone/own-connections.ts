import type { ReplyOf } from '../api/api.ts'

type LiveCalls = ReplyOf<'listLiveCalls'>['items']

/** An own leg as the server names it. */
export interface OwnConnection {
  readonly callId: string
  readonly legId: string
  readonly connection: LiveCalls[number]['connections'][number]
}

/** Own legs of the calls that go on, by the Call-ID of their SIP dialogs. */
export function ownConnections(calls: LiveCalls): ReadonlyMap<string, OwnConnection> {
  const found = new Map<string, OwnConnection>()
  for (const { id: callId, connections } of calls)
    for (const connection of connections)
      if (connection.own) found.set(connection.own.sipCallId, { callId, legId: connection.legId, connection })
  return found
}
