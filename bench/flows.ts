import type { UserId } from '@vaxel/base'
import {
  advanceFlow,
  beginFlow,
  checkFlow,
  compileFlow,
  type Flow,
  type FlowEffect,
  type FlowEvent,
  type FlowNode,
  type FlowStep,
  type FlowWorld,
  replayCall,
  simulateFlow,
} from '@vaxel/core'
import type { Figure, Measurement } from './figure.ts'

const everyDay = [1, 2, 3, 4, 5, 6, 7]
const anna = 'anna' as UserId
const back = (to: string) => ({ busy: to, noAnswer: to, unreachable: to })

/** A company's main number: hours, holidays, callers, a menu, a look-up, people, a queue, voicemail. */
const main: Flow = {
  start: 'hours',
  timeZone: 'Europe/Stockholm',
  mostStaySeconds: 900,
  nodes: [
    {
      id: 'hours',
      kind: 'time',
      open: [{ days: everyDay, from: '00:00', to: '24:00' }],
      exits: { open: 'day', closed: 'sorry' },
    },
    {
      id: 'day',
      kind: 'holiday',
      country: 'SE',
      kinds: ['public', 'bank'],
      ownDays: [{ day: '12-27', until: '12-30', name: 'inventory' }],
      exits: { holiday: 'sorry', ordinary: 'vip' },
    },
    {
      id: 'vip',
      kind: 'caller',
      matches: Array.from({ length: 50 }, (_, i) => ({ kind: 'prefix' as const, prefix: `+4670${100 + i}` })),
      exits: { yes: 'anna', no: 'menu' },
    },
    {
      id: 'menu',
      kind: 'menu',
      say: [{ kind: 'prompt', name: 'flow-welcome' }],
      keys: '12',
      tries: 2,
      waitSeconds: 5,
      exits: { '1': 'number', '2': 'queue', silence: 'queue', wrong: 'queue' },
    },
    {
      id: 'number',
      kind: 'collect',
      say: [{ kind: 'prompt', name: 'flow-press-number' }],
      variable: 'customer',
      least: 4,
      most: 6,
      tries: 2,
      waitSeconds: 5,
      exits: { entered: 'look', silence: 'queue', wrong: 'queue' },
    },
    {
      id: 'look',
      kind: 'lookup',
      url: 'https://crm.example/{customer}?from={caller}',
      method: 'GET',
      timeLimitMs: 2000,
      take: [{ variable: 'owner', pointer: '/owner' }],
      exits: { answered: 'owner', failed: 'queue', timeOut: 'queue' },
    },
    {
      id: 'owner',
      kind: 'variable',
      variable: 'owner',
      test: 'is',
      value: 'anna',
      exits: { yes: 'name', no: 'queue' },
    },
    { id: 'name', kind: 'callerName', name: 'Customer {customer}', exits: { next: 'free' } },
    {
      id: 'free',
      kind: 'presence',
      userId: anna,
      exits: { available: 'anna', busy: 'queue', away: 'box', doNotDisturb: 'box', offline: 'box' },
    },
    { id: 'anna', kind: 'ring', target: { kind: 'user', userId: anna }, ringSeconds: 20, exits: back('box') },
    { id: 'queue', kind: 'queue', number: '300', exits: { refused: 'box' } },
    { id: 'box', kind: 'voicemail', box: { kind: 'user', userId: anna }, exits: { refused: 'end' } },
    { id: 'sorry', kind: 'announce', say: [{ kind: 'prompt', name: 'flow-closed' }], exits: { next: 'end' } },
    { id: 'end', kind: 'hangUp', exits: {} },
  ] satisfies FlowNode[],
}

const compiled = compileFlow(main)
const monday = Date.UTC(2026, 10, 23, 9)
const world = (nowMs: number): FlowWorld => ({
  nowMs,
  presenceOf: () => 'available',
  nameOf: () => 'Anna',
  isContact: () => false,
  spentTodayMicros: () => 0,
})

function answerTo(effect: FlowEffect | undefined): FlowEvent | undefined {
  switch (effect?.kind) {
    case 'askKeys':
      return { kind: 'keys', keys: effect.most === 1 ? '1' : '4711' }
    case 'lookUp':
      return { kind: 'lookedUp', answer: { kind: 'answered', values: { owner: 'Anna' } } }
    case 'sendOn':
      return effect.as === 'ring' ? { kind: 'sentBack', how: 'noAnswer' } : undefined
    default:
      return undefined
  }
}

/** One call of 11 nodes, one of five callers among the fifty. @returns how many nodes it passed */
function pass(i: number): number {
  // Each call is a minute later than the one before, so that no clock is read from the one before.
  let nowMs = monday + (i % 400) * 60_000
  const caller = { number: `+46701${String(100 + (i % 250)).padStart(3, '0')}67`, isInternal: false }
  let step: FlowStep = beginFlow(compiled, { caller, called: '500', language: 'sv' }, world(nowMs))
  for (;;) {
    const event = answerTo(step.effects.at(-1))
    if (!event) return step.state.steps
    nowMs += 3000
    step = advanceFlow(compiled, step.state, event, world(nowMs))
  }
}

/** @returns what `task` gives a second, measured for so long */
function rate(forMs: number, task: (i: number) => number): number {
  const startedMs = performance.now()
  let [done, i] = [0, 0]
  while (performance.now() - startedMs < forMs) for (let k = 0; k < 50; k++) done += task(i++)
  return Math.round((1000 * done) / (performance.now() - startedMs))
}

/** Decisions of flows on one core: what calls cost, and what trying a draft does. */
export const flows: Measurement = {
  name: 'flows',
  async run(progress, { isQuick }) {
    const forMs = isQuick ? 300 : 2000
    rate(forMs / 2, pass)
    const decisions = rate(forMs, pass)
    progress(`${decisions} decisions a second`)
    const calls = rate(forMs, (i) => Math.min(1, pass(i)))
    const past = {
      given: { caller: '+46709876543', atMs: monday, language: 'sv' as const },
      was: simulateFlow(compiled, { atMs: monday, language: 'sv' }).landing,
      passed: [{ nodeId: 'menu', exit: '2' }],
      version: main,
    }
    const replayed = rate(forMs, (i) => {
      replayCall(compiled, { ...past, given: { ...past.given, atMs: monday - i * 60_000 } })
      return 1
    })
    const around = {
      hasUser: () => true,
      numberKind: () => ({ kind: 'queue' as const }),
      hasPrompt: () => true,
      soundMs: () => 1000,
      credentialHost: () => undefined,
    }
    const checks = rate(forMs, () => Math.min(1, 1 + checkFlow(main, around).length))
    const figure = (id: string, what: string, value: number, note: string): Figure => ({
      id: `flows.${id}`,
      what,
      system: 'vaxel',
      value,
      unit: '/s',
      note,
    })
    const drawn = `${main.nodes.length} nodes drawn`
    return [
      {
        ...figure('decisions', 'decisions of flows', decisions, 'nodes passed, on one core'),
        ...(!isQuick && { aim: { least: 20_000 } }),
      },
      figure('calls', 'calls through a flow', calls, `${drawn}; each at another minute`),
      figure('replayed', 'past calls followed through a draft', replayed, drawn),
      figure('checks', 'drafts checked', checks, drawn),
    ]
  },
}
