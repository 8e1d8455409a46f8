import type { listCalls, listEvents, OperationReply, readCall, readLiveCall } from '@vaxel/contract'
import type { CallRecord, LegRecord, LiveCall, NumberedEvent, TracedMessage } from '@vaxel/core'

type CallView = OperationReply<typeof listCalls>['items'][number]
type CallWithTimeline = OperationReply<typeof readCall>
export type EventView = OperationReply<typeof listEvents>['items'][number]

/** Times leave as RFC 3339 text. */
const toTime = (ms: number): string => new Date(ms).toISOString()

const optionalTime = <Name extends string>(name: Name, ms: number | undefined): { [K in Name]?: string } =>
  (ms === undefined ? {} : { [name]: toTime(ms) }) as { [K in Name]?: string }

export function toCallView(record: CallRecord): CallView {
  const { startedAtMs, answeredAtMs, endedAtMs, lastAudioAtMs: _, ...rest } = record
  return {
    ...rest,
    startedAt: toTime(startedAtMs),
    ...optionalTime('answeredAt', answeredAtMs),
    ...optionalTime('endedAt', endedAtMs),
    ...(endedAtMs === undefined
      ? {}
      : {
          durationMs: Math.round(endedAtMs - startedAtMs),
          talkMs: answeredAtMs === undefined ? 0 : Math.max(0, Math.round(endedAtMs - answeredAtMs)),
        }),
  }
}

export function toLegView(record: LegRecord): CallWithTimeline['legs'][number] {
  const { startedAtMs, answeredAtMs, endedAtMs, callId: _, companyId: __, ...rest } = record
  return {
    ...rest,
    startedAt: toTime(startedAtMs),
    ...optionalTime('answeredAt', answeredAtMs),
    ...optionalTime('endedAt', endedAtMs),
  }
}

export function toEventView({ number, kind, atMs, companyId, callId, data }: NumberedEvent): EventView {
  return { number, kind, at: toTime(atMs), companyId, ...(callId === undefined ? {} : { callId }), data: { ...data } }
}

export function toMessageView(message: TracedMessage): CallWithTimeline['messages'][number] {
  const { atMs, sipCallId, direction, protocol, local, remote, text } = message
  return { at: toTime(atMs), sipCallId, direction, protocol, local, remote, text }
}

export function toLiveCallView(call: LiveCall): OperationReply<typeof readLiveCall> {
  const { startedAtMs, answeredAtMs, connections, ...rest } = call
  return {
    ...rest,
    startedAt: toTime(startedAtMs),
    ...optionalTime('answeredAt', answeredAtMs),
    connections: connections.map(({ id, interruption, ...connection }) => ({
      legId: id,
      ...connection,
      ...(interruption && {
        interruption: { since: toTime(interruption.sinceMs), until: toTime(interruption.untilMs) },
      }),
    })),
  }
}
