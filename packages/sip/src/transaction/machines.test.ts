import { describe } from 'node:test'
import { type ClientEffect, sendAck, sendRequest, tell } from './client-machine.ts'
import { type InviteClientEvent, type InviteClientState, inviteClient } from './invite-client.ts'
import { type InviteServerEvent, type InviteServerState, inviteServer } from './invite-server.ts'
import { type NonInviteClientEvent, type NonInviteClientState, nonInviteClient } from './non-invite-client.ts'
import { type NonInviteServerEvent, type NonInviteServerState, nonInviteServer } from './non-invite-server.ts'
import { type ServerEffect, sendResponse } from './server-machine.ts'
import { everyPair, request, response, type Row, table, tcp, written } from './testing/machine-table.ts'
import { start, stop } from './timer-effects.ts'

const ringing = response(180)
const ok = response(200)
const busy = response(486)
const provisional = { name: 'provisional', response: ringing } as const
const success = { name: 'success', response: ok } as const
const failure = { name: 'failure', response: busy } as const
const transportFailed = { name: 'transportFailed' } as const
const abandon = { name: 'abandon' } as const
const timer = <Letter extends string>(letter: Letter) => ({ name: `timer${letter}` as const })
const ignored = { do: 'ignore' } as never
const over = (cause: 'done' | 'timeout' | 'transport' | 'abandoned') => ({ name: 'terminated', cause }) as const
const proceeding = { name: 'proceeding' } as const

describe('INVITE client transaction', () => {
  const calling = { name: 'calling', resendMs: 500 } as const
  const accepted = { name: 'accepted' } as const
  const completed = { name: 'completed' } as const
  const rows: Array<Row<InviteClientState, InviteClientEvent, ClientEffect>> = [
    [calling, timer('A'), { name: 'calling', resendMs: 1000 }, [sendRequest, start('A', 1000)], '§17.1.1.2'],
    [
      { name: 'calling', resendMs: 4000 },
      timer('A'),
      { name: 'calling', resendMs: 8000 },
      [sendRequest, start('A', 8000)],
      '§17.1.1.2',
    ],
    [calling, timer('B'), over('timeout'), [], '§17.1.1.2'],
    [calling, provisional, proceeding, [stop('A'), stop('B'), tell(ringing)], '§17.1.1.2'],
    [calling, success, accepted, [stop('A'), stop('B'), start('M', 32_000), tell(ok)], 'RFC 6026 §7.2'],
    [calling, failure, completed, [stop('A'), stop('B'), sendAck(busy), start('D', 32_000), tell(busy)], '§17.1.1.2'],
    [calling, failure, completed, [stop('A'), stop('B'), sendAck(busy), start('D', 0), tell(busy)], '§17.1.1.2', tcp],
    [calling, transportFailed, over('transport'), [], '§17.1.4'],
    [calling, abandon, over('abandoned'), [], '§9.1'],
    [proceeding, provisional, proceeding, [tell(ringing)], '§17.1.1.2'],
    [proceeding, success, accepted, [start('M', 32_000), tell(ok)], 'RFC 6026 §7.2'],
    [proceeding, failure, completed, [sendAck(busy), start('D', 32_000), tell(busy)], '§17.1.1.2'],
    [proceeding, timer('B'), proceeding, [ignored], '§17.1.1.2'],
    [proceeding, transportFailed, over('transport'), [], '§17.1.4'],
    [proceeding, abandon, over('abandoned'), [], '§9.1'],
    [accepted, success, accepted, [tell(ok)], 'RFC 6026 §7.2'],
    [accepted, provisional, accepted, [ignored], 'RFC 6026 §7.2'],
    [accepted, failure, accepted, [ignored], 'RFC 6026 §7.2'],
    [accepted, timer('M'), over('done'), [], 'RFC 6026 §7.2'],
    [completed, failure, completed, [sendAck(busy)], '§17.1.1.2'],
    [completed, success, completed, [ignored], '§17.1.1.2'],
    [completed, timer('D'), over('done'), [], '§17.1.1.2'],
    [completed, transportFailed, over('done'), [], '§17.1.4'],
    [over('done'), success, over('done'), [ignored], 'RFC 6026 §8.9'],
  ]
  table(inviteClient, rows)
  const events = [
    provisional,
    success,
    failure,
    timer('A'),
    timer('B'),
    timer('D'),
    timer('M'),
    transportFailed,
    abandon,
  ]
  everyPair(inviteClient, [calling, proceeding, accepted, completed, over('done')], events)
})

describe('non-INVITE client transaction', () => {
  const trying = { name: 'trying', resendMs: 500 } as const
  const completed = { name: 'completed' } as const
  const rows: Array<Row<NonInviteClientState, NonInviteClientEvent, ClientEffect>> = [
    [trying, timer('E'), { name: 'trying', resendMs: 1000 }, [sendRequest, start('E', 1000)], '§17.1.2.2'],
    [
      { name: 'trying', resendMs: 4000 },
      timer('E'),
      { name: 'trying', resendMs: 4000 },
      [sendRequest, start('E', 4000)],
      '§17.1.2.2',
    ],
    [trying, timer('F'), over('timeout'), [], '§17.1.2.2'],
    [trying, provisional, proceeding, [tell(ringing)], '§17.1.2.2'],
    [trying, success, completed, [stop('E'), stop('F'), start('K', 5000), tell(ok)], '§17.1.2.2'],
    [trying, failure, completed, [stop('E'), stop('F'), start('K', 0), tell(busy)], '§17.1.2.2', tcp],
    [trying, transportFailed, over('transport'), [], '§17.1.4'],
    [proceeding, timer('E'), proceeding, [sendRequest, start('E', 4000)], '§17.1.2.2'],
    [proceeding, timer('F'), over('timeout'), [], '§17.1.2.2'],
    [proceeding, success, completed, [stop('E'), stop('F'), start('K', 5000), tell(ok)], '§17.1.2.2'],
    [completed, success, completed, [ignored], '§17.1.2.2'],
    [completed, timer('K'), over('done'), [], '§17.1.2.2'],
  ]
  table(nonInviteClient, rows)
  const events = [provisional, success, failure, timer('E'), timer('F'), timer('K'), transportFailed, abandon]
  everyPair(nonInviteClient, [trying, proceeding, completed, over('done')], events)
})

describe('INVITE server transaction', () => {
  const [ringing, ok, busy] = [written(180), written(200), written(486)]
  const provisional = { name: 'provisional', response: ringing } as const
  const success = { name: 'success', response: ok } as const
  const failure = { name: 'failure', response: busy } as const
  const ack = { name: 'ack', request: request('ACK') } as const
  const again = { name: 'request' } as const
  const accepted = { name: 'accepted' } as const
  const answered = { name: 'proceeding', provisional: ringing } as const
  const completed = { name: 'completed', final: busy, resendMs: 500 } as const
  const confirmed = { name: 'confirmed' } as const
  const rows: Array<Row<InviteServerState, InviteServerEvent, ServerEffect>> = [
    [proceeding, again, proceeding, [], '§17.2.1'],
    [proceeding, provisional, answered, [sendResponse(ringing)], '§17.2.1'],
    [answered, again, answered, [sendResponse(ringing)], '§17.2.1'],
    [answered, success, accepted, [sendResponse(ok), start('L', 32_000)], 'RFC 6026 §7.1'],
    [answered, failure, completed, [sendResponse(busy), start('G', 500), start('H', 32_000)], '§17.2.1'],
    [answered, failure, completed, [sendResponse(busy), start('H', 32_000)], '§17.2.1', tcp],
    [answered, ack, answered, [ignored], '§17.2.1'],
    [answered, transportFailed, answered, [ignored], '§17.2.4'],
    [accepted, again, accepted, [ignored], 'RFC 6026 §7.1'],
    [accepted, success, accepted, [sendResponse(ok)], 'RFC 6026 §7.1'],
    [accepted, ack, accepted, [{ do: 'tellAck', request: ack.request }], 'RFC 6026 §7.1'],
    [accepted, failure, accepted, [ignored], 'RFC 6026 §7.1'],
    [accepted, timer('L'), over('done'), [], 'RFC 6026 §7.1'],
    [completed, again, completed, [sendResponse(busy)], '§17.2.1'],
    [completed, timer('G'), { ...completed, resendMs: 1000 }, [sendResponse(busy), start('G', 1000)], '§17.2.1'],
    [
      { ...completed, resendMs: 4000 },
      timer('G'),
      { ...completed, resendMs: 4000 },
      [sendResponse(busy), start('G', 4000)],
      '§17.2.1',
    ],
    [completed, timer('H'), over('timeout'), [], '§17.2.1'],
    [completed, ack, confirmed, [stop('G'), stop('H'), start('I', 5000)], '§17.2.1'],
    [completed, ack, confirmed, [stop('G'), stop('H'), start('I', 0)], '§17.2.1', tcp],
    [completed, success, completed, [ignored], '§17.2.1'],
    [confirmed, ack, confirmed, [ignored], '§17.2.1'],
    [confirmed, again, confirmed, [ignored], '§17.2.1'],
    [confirmed, timer('I'), over('done'), [], '§17.2.1'],
  ]
  table(inviteServer, rows)
  const timers = [timer('G'), timer('H'), timer('I'), timer('L')] as const
  const events = [again, ack, provisional, success, failure, ...timers, transportFailed]
  everyPair(inviteServer, [proceeding, accepted, completed, confirmed, over('done')], events)
})

describe('non-INVITE server transaction', () => {
  const [ringing, ok, busy] = [written(180), written(200), written(486)]
  const provisional = { name: 'provisional', response: ringing } as const
  const success = { name: 'success', response: ok } as const
  const failure = { name: 'failure', response: busy } as const
  const again = { name: 'request' } as const
  const trying = { name: 'trying' } as const
  const answered = { name: 'proceeding', provisional: ringing } as const
  const completed = { name: 'completed', final: ok } as const
  const rows: Array<Row<NonInviteServerState, NonInviteServerEvent, ServerEffect>> = [
    [trying, again, trying, [ignored], '§17.2.2'],
    [trying, provisional, answered, [sendResponse(ringing)], '§17.2.2'],
    [trying, success, completed, [sendResponse(ok), start('J', 32_000)], '§17.2.2'],
    [trying, success, completed, [sendResponse(ok), start('J', 0)], '§17.2.2', tcp],
    [answered, again, answered, [sendResponse(ringing)], '§17.2.2'],
    [answered, success, completed, [sendResponse(ok), start('J', 32_000)], '§17.2.2'],
    [answered, transportFailed, over('transport'), [], '§17.2.4'],
    [completed, again, completed, [sendResponse(ok)], '§17.2.2'],
    [completed, failure, completed, [ignored], '§17.2.2'],
    [completed, timer('J'), over('done'), [], '§17.2.2'],
    [completed, transportFailed, over('transport'), [], '§17.2.4'],
  ]
  table(nonInviteServer, rows)
  const events = [again, provisional, success, failure, timer('J'), transportFailed]
  everyPair(nonInviteServer, [trying, answered, completed, over('done')], events)
})
