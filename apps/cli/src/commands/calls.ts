import {
  callVerbs,
  commandCall,
  listCalls,
  listLiveCalls,
  makeCall,
  type OperationReply,
  readCall,
} from '@vaxel/contract'
import { type Command, tell, textOf } from '../command.ts'
import { exitCodes, Failure } from '../failure.ts'
import { findUser } from '../find-user.ts'
import { duration, fields, localTime, printable, table } from '../output.ts'
import { drawLadder } from '../trace/draw-ladder.ts'
import { messageTexts } from '../trace/message-texts.ts'

type Call = OperationReply<typeof listCalls>['items'][number]
type CallWithTimeline = OperationReply<typeof readCall>

const partyText = ({ number, name }: Call['caller']): string =>
  printable(name === undefined || name === number ? number : `${number} ${name}`)

/** What the network did to the call, and what to do about it. */
function troubleText(troubles: CallWithTimeline['troubles']): string {
  return troubles.map(({ text, advice }) => `! ${printable(text)}\n  ${printable(advice)}`).join('\n')
}

function callText({ call, legs, timeline, troubles }: CallWithTimeline): string {
  const { termination } = call
  const summary = fields([
    ['call', call.id],
    ['direction', call.direction],
    ['from', partyText(call.caller)],
    ['dialled', printable(call.dialled)],
    ['to', partyText(call.called)],
    ['started', localTime(call.startedAt)],
    ['answered', call.answeredAt && localTime(call.answeredAt)],
    ['ended', call.endedAt && localTime(call.endedAt)],
    ['talked', call.talkMs === undefined ? undefined : duration(call.talkMs)],
    [
      'ended by',
      termination && `${termination.blame}: ${termination.reason}${termination.sip ? ` (${termination.sip})` : ''}`,
    ],
  ])
  const legRows = legs.map(({ role, party, codec, keying, quality }) => [
    role,
    partyText(party),
    codec ?? '',
    keying === 'rtp' ? 'not encrypted' : (keying ?? ''),
    quality === undefined ? '' : percent(quality.received.lossRatio),
    quality === undefined ? '' : `${quality.received.jitterMs.toFixed(1)} ms`,
    quality?.received.mos === undefined ? '' : quality.received.mos.toFixed(2),
  ])
  const legTable = table(['LEG', 'PARTY', 'CODEC', 'KEYING', 'LOSS', 'JITTER', 'MOS'], legRows)
  const events = timeline.map(({ at, kind, data }) => {
    const seconds = ((Date.parse(at) - Date.parse(call.startedAt)) / 1000).toFixed(3)
    return `${seconds.padStart(9)} s  ${kind}  ${printable(eventText(data))}`.trimEnd()
  })
  const told = troubles.length === 0 ? [] : ['', troubleText(troubles)]
  return [summary, '', legTable, '', ...events, ...told].join('\n')
}

const percent = (ratio: number): string => `${(ratio * 100).toFixed(1)} %`

function eventText(data: Record<string, unknown>): string {
  const { number, name, to, service, refused, explanation, termination, text } = data
  const end = termination as { blame?: string; reason?: string } | undefined
  const parts = [number, name, to && `to ${to}`, service, refused, end && `${end.blame}: ${end.reason}`, text]
  const why = Array.isArray(explanation) ? `(${explanation.join('; ')})` : undefined
  return [...parts, why].filter((part) => part !== undefined && part !== '').join(' ')
}

export const callCommands: readonly Command[] = [
  {
    name: 'call list',
    options: {
      limit: { value: 'NUMBER', about: 'how many; 50 by default' },
      user: { value: 'USER', about: 'only of this user' },
      number: { value: 'NUMBER', about: 'caller, called or dialled number' },
      before: { value: 'CALL', about: 'only calls before this one' },
    },
    summary: 'calls, latest first',
    async run(typed, running) {
      const limit = textOf(typed, 'limit')
      const user = textOf(typed, 'user')
      const number = textOf(typed, 'number')
      const before = textOf(typed, 'before')
      const userId = user === undefined ? undefined : (await findUser(running.api, user)).id
      const { items } = await running.api.call(listCalls, {
        query: {
          ...(limit === undefined ? {} : { limit: Number(limit) }),
          ...(userId === undefined ? {} : { userId }),
          ...(number === undefined ? {} : { number }),
          ...(before === undefined ? {} : { before }),
        },
      })
      tell(running, items, (calls) =>
        table(
          ['CALL', 'STARTED', 'FROM', 'TO', 'TALKED', 'END'],
          calls.map((call) => [
            call.id,
            localTime(call.startedAt),
            partyText(call.caller),
            partyText(call.called),
            duration(call.talkMs),
            call.termination ? `${call.termination.blame}: ${call.termination.reason}` : 'goes on',
          ]),
        ),
      )
    },
  },
  {
    name: 'call show',
    words: ['CALL'],
    summary: 'one call with its legs, their quality and its timeline',
    async run({ words }, running) {
      tell(running, await running.api.call(readCall, { params: { callId: words.call! } }), callText)
    },
  },
  {
    name: 'call make',
    words: ['TO'],
    options: {
      from: { value: 'USER', about: 'whose devices ring first; yours by default' },
    },
    summary: 'ring the devices of a user, then call TO on their behalf',
    async run(typed, running) {
      const from = textOf(typed, 'from')
      const fromUserId = from === undefined ? undefined : (await findUser(running.api, from)).id
      const made = await running.api.call(makeCall, {
        body: { to: typed.words.to!, ...(fromUserId === undefined ? {} : { fromUserId }) },
      })
      tell(running, made, ({ callId }) => callId)
    },
  },
  {
    name: 'call command',
    words: ['CALL', 'VERB'],
    options: {
      to: { value: 'NUMBER', about: 'where to (deflect, consult, transfer)' },
      with: { value: 'CALL', about: 'the other call (transfer, conference)' },
      leg: { value: 'LEG', about: 'which connection, if more than one fits' },
      digits: { value: 'DIGITS', about: 'what to send (sendDigits)' },
    },
    summary: `command a live call: ${callVerbs.join(', ')}`,
    async run(typed, running) {
      const verb = callVerbs.find((known) => known === typed.words.verb)
      if (!verb) throw new Failure(`VERB is one of ${callVerbs.join(', ')}.`, exitCodes.usage)
      const to = textOf(typed, 'to')
      const otherCallId = textOf(typed, 'with')
      const legId = textOf(typed, 'leg')
      const digits = textOf(typed, 'digits')
      const done = await running.api.call(commandCall, {
        params: { callId: typed.words.call!, verb },
        body: {
          ...(to === undefined ? {} : { to }),
          ...(otherCallId === undefined ? {} : { otherCallId }),
          ...(legId === undefined ? {} : { legId }),
          ...(digits === undefined ? {} : { digits }),
        },
      })
      tell(running, done, ({ callId }) => callId)
    },
  },
  {
    name: 'live',
    summary: 'calls that go on now',
    async run(_, running) {
      const { items } = await running.api.call(listLiveCalls)
      tell(running, items, (calls) =>
        table(
          ['CALL', 'SINCE', 'FROM', 'TO', 'CONNECTIONS'],
          calls.map((call) => [
            call.id,
            localTime(call.startedAt),
            partyText(call.caller),
            partyText(call.called),
            call.connections.map(({ party, state }) => `${party.number} ${state}`).join(', '),
          ]),
        ),
      )
    },
  },
  {
    name: 'trace',
    words: ['CALL'],
    options: { full: { about: 'with the text of every message' } },
    summary: 'ladder diagram of a call with every SIP message, and what the network did to it in words',
    async run({ words, options }, running) {
      const trace = await running.api.call(readCall, { params: { callId: words.call! } })
      tell(running, trace, ({ messages, legs, troubles }) => {
        if (messages.length === 0) return 'No messages are kept of this call, or you may not see them.'
        const ladder = [drawLadder(messages, legs), ...(troubles.length === 0 ? [] : [troubleText(troubles)])].join(
          '\n\n',
        )
        return options.full ? `${ladder}\n\n${messageTexts(messages)}` : ladder
      })
    },
  },
]
