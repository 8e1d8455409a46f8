import type { ReplyOf } from '../api/api.ts'

export type Call = ReplyOf<'listCalls'>['items'][number]
type Party = Call['caller']

/** How a call looks to somebody: who the other one was, and how it went. */
export interface CallLine {
  readonly id: string
  readonly call: Call
  readonly way: 'in' | 'out' | 'other'
  readonly outcome: 'live' | 'answered' | 'missed' | 'unanswered'
  readonly other: Party
  /** Whom to call back; undefined when the number was withheld. */
  readonly number: string | undefined
}

/** @param userId whose eyes; calls that others have with each other are told from caller to called */
export function lineOf(call: Call, userId: string): CallLine {
  const isOut = call.caller.userId === userId
  const isOthers = !isOut && call.called.userId !== userId && call.direction !== 'inbound'
  const other = isOut ? { ...call.called, number: call.called.number || call.dialled } : call.caller
  const outcome =
    call.endedAt === undefined
      ? 'live'
      : call.answeredAt !== undefined
        ? 'answered'
        : isOut || isOthers
          ? 'unanswered'
          : 'missed'
  return {
    id: call.id,
    call,
    way: isOut ? 'out' : isOthers ? 'other' : 'in',
    outcome,
    other,
    number: other.number === 'anonymous' ? undefined : other.number,
  }
}
