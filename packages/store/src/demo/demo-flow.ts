import type { UserId } from '@vaxel/base'
import type { Flow, FlowSound } from '@vaxel/core'

const say = (...names: readonly string[]): FlowSound[] => names.map((name) => ({ kind: 'prompt', name }))
const officeDays = [1, 2, 3, 4, 5]

/**
 * What the demo's main number does: closed on holidays and out of hours, with a message to be left; else a menu of three keys. Whoever does
 * not choose comes to the attendant, and nobody is ever without a way on.
 * @param sales a number that rings the sales group
 */
export function demoFlow({ attendant, sales }: { attendant: UserId; sales: string }): Flow {
  const toMessage = { busy: 'message', noAnswer: 'message', unreachable: 'message' }
  const column = (x: number, row: number) => ({ x, y: row * 160 })
  return {
    start: 'holiday',
    timeZone: 'Europe/Stockholm',
    mostStaySeconds: 900,
    nodes: [
      {
        id: 'holiday',
        kind: 'holiday',
        country: 'SE',
        kinds: ['public'],
        ownDays: [],
        at: column(0, 0),
        exits: { holiday: 'closedToday', ordinary: 'hours' },
      },
      {
        id: 'hours',
        kind: 'time',
        open: [{ days: officeDays, from: '08:00', to: '17:00' }],
        at: column(0, 1),
        exits: { open: 'menu', closed: 'closed' },
      },
      {
        id: 'menu',
        kind: 'menu',
        say: say('flow-welcome', 'flow-menu-three'),
        keys: '123',
        tries: 2,
        waitSeconds: 8,
        sayAgain: say('flow-not-on-offer'),
        at: column(0, 2),
        exits: { '1': 'sales', '2': 'switchboard', '3': 'message', silence: 'switchboard', wrong: 'switchboard' },
      },
      {
        id: 'sales',
        kind: 'ring',
        target: { kind: 'number', number: sales },
        ringSeconds: 30,
        hasMusic: true,
        at: column(-280, 3),
        exits: toMessage,
      },
      {
        id: 'switchboard',
        kind: 'ring',
        target: { kind: 'user', userId: attendant },
        ringSeconds: 30,
        at: column(0, 3),
        exits: toMessage,
      },
      { id: 'closed', kind: 'announce', say: say('flow-closed'), at: column(280, 2), exits: { next: 'message' } },
      {
        id: 'closedToday',
        kind: 'announce',
        say: say('flow-holiday'),
        at: column(560, 2),
        exits: { next: 'message' },
      },
      {
        id: 'message',
        kind: 'voicemail',
        box: { kind: 'user', userId: attendant },
        at: column(140, 4),
        exits: { refused: 'end' },
      },
      { id: 'end', kind: 'hangUp', at: column(140, 5), exits: {} },
    ],
  }
}
