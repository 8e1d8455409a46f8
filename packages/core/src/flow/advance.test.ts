import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { UserId } from '@vaxel/base'
import { advanceFlow, beginFlow, type FlowStep } from './advance.ts'
import type { Flow, FlowNode } from './flow.ts'
import { compileFlow, type FlowEvent, type FlowWorld } from './flow-state.ts'

const day = Date.UTC(2026, 10, 23, 9, 0)
const night = Date.UTC(2026, 10, 23, 22, 0)
const anna = 'anna' as UserId

const flowOf = (nodes: readonly FlowNode[], more: Partial<Flow> = {}) =>
  compileFlow({ start: nodes[0]!.id, nodes, timeZone: 'Europe/Stockholm', mostStaySeconds: 600, ...more })
const world = (nowMs: number, more: Partial<FlowWorld> = {}): FlowWorld => ({
  nowMs,
  presenceOf: () => 'available',
  nameOf: (id) => id,
  isContact: () => false,
  spentTodayMicros: () => 0,
  ...more,
})
const arrival = {
  caller: { number: '+46701234567', isInternal: false },
  called: '+46846500499',
  language: 'sv',
} as const
const waits = ({ effects }: FlowStep) => effects.at(-1)
const codes = ({ effects }: FlowStep) => effects.flatMap((effect) => (effect.kind === 'note' ? [effect.code] : []))

const office = flowOf([
  {
    id: 'hours',
    kind: 'time',
    open: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00' }],
    exits: { open: 'menu', closed: 'shut' },
  },
  { id: 'shut', kind: 'announce', say: [{ kind: 'prompt', name: 'flow-closed' }], exits: { next: 'end' } },
  { id: 'end', kind: 'hangUp', exits: {} },
  {
    id: 'menu',
    kind: 'menu',
    say: [{ kind: 'sound', soundId: 'hello' }],
    keys: '12',
    tries: 2,
    waitSeconds: 5,
    exits: { '1': 'anna', '2': 'input', silence: 'anna', wrong: 'end' },
  },
  {
    id: 'anna',
    kind: 'ring',
    target: { kind: 'user', userId: anna },
    ringSeconds: 20,
    exits: { busy: 'end', noAnswer: 'shut', unreachable: 'shut' },
  },
  {
    id: 'input',
    kind: 'collect',
    say: [],
    variable: 'order',
    least: 4,
    most: 6,
    tries: 1,
    waitSeconds: 5,
    exits: { entered: 'look', silence: 'end', wrong: 'end' },
  },
  {
    id: 'look',
    kind: 'lookup',
    url: 'https://crm.example/orders/{order}?from={caller}',
    method: 'GET',
    timeLimitMs: 2000,
    take: [{ variable: 'agent', pointer: '/agent' }],
    exits: { answered: 'vip', failed: 'anna', timeOut: 'anna' },
  },
  {
    id: 'vip',
    kind: 'variable',
    variable: 'agent',
    test: 'is',
    value: 'Anna',
    exits: { yes: 'anna', no: 'end' },
  },
])

const run = (nowMs: number, ...events: FlowEvent[]): FlowStep => {
  let step = beginFlow(office, arrival, world(nowMs))
  for (const event of events) step = advanceFlow(office, step.state, event, world(nowMs))
  return step
}

describe('a flow', () => {
  it('says that nobody is there outside the hours, and hangs up', () => {
    const said = run(night)
    assert.deepEqual(waits(said), {
      kind: 'say',
      say: [{ kind: 'prompt', name: 'flow-closed' }],
      isUninterruptible: false,
    })
    const ended = advanceFlow(office, said.state, { kind: 'said' }, world(night))
    assert.deepEqual(waits(ended), { kind: 'hangUp', isBusy: false, say: [] })
    assert.equal(ended.state.phase, 'ended')
  })

  it('rings whom the caller chose by a key', () => {
    const rings = run(day, { kind: 'keys', keys: '1' })
    assert.deepEqual(codes(rings), ['pressed', 'rings'])
    assert.deepEqual(waits(rings), {
      kind: 'sendOn',
      as: 'ring',
      to: { kind: 'user', userId: anna },
      ringMs: 20_000,
      hasMusic: false,
    })
  })

  it('asks again for a key that is not on offer, and leaves after the last try', () => {
    const again = run(day, { kind: 'keys', keys: '9' })
    assert.equal(waits(again)?.kind, 'askKeys')
    assert.deepEqual(codes(again), ['wrong-pressed'])
    assert.equal(run(day, { kind: 'keys', keys: '9' }, { kind: 'keys', keys: '8' }).state.phase, 'ended')
    assert.equal(run(day, { kind: 'keys', keys: '' }, { kind: 'keys', keys: '' }).state.nodeId, 'anna')
  })

  it('puts what was typed into the address of a look-up, and goes by the answer', () => {
    const looks = run(day, { kind: 'keys', keys: '2' }, { kind: 'keys', keys: '47110' })
    const effect = waits(looks)
    assert.equal(effect?.kind === 'lookUp' && effect.url, 'https://crm.example/orders/47110?from=%2B46701234567')
    const answered: FlowEvent = { kind: 'lookedUp', answer: { kind: 'answered', values: { agent: 'anna' } } }
    assert.deepEqual(codes(advanceFlow(office, looks.state, answered, world(day))), [
      'lookup-answered',
      'variable-fits',
      'rings',
    ])
    const late: FlowEvent = { kind: 'lookedUp', answer: { kind: 'timeOut' } }
    assert.equal(advanceFlow(office, looks.state, late, world(day)).state.nodeId, 'anna')
  })

  it('goes on where the call came back from', () => {
    const back = run(day, { kind: 'keys', keys: '1' }, { kind: 'sentBack', how: 'noAnswer' })
    assert.equal(back.state.nodeId, 'shut')
    assert.equal(run(day, { kind: 'keys', keys: '1' }, { kind: 'sentBack', how: 'busy' }).state.phase, 'ended')
  })

  it('never shows a secret input', () => {
    const pin = flowOf([
      {
        id: 'pin',
        kind: 'collect',
        say: [],
        variable: 'pin',
        least: 4,
        most: 4,
        tries: 2,
        waitSeconds: 5,
        isSecret: true,
        exits: { entered: 'end', silence: 'end', wrong: 'end' },
      },
      { id: 'end', kind: 'hangUp', exits: {} },
    ])
    const asked = beginFlow(pin, arrival, world(day))
    for (const keys of ['471', '4711'])
      assert.ok(
        !JSON.stringify(advanceFlow(pin, asked.state, { kind: 'keys', keys }, world(day)).effects).includes('471'),
      )
  })

  it('cuts a circle that takes no time, an exit that leads nowhere and a stay that is too long', () => {
    const circle = flowOf([
      { id: 'a', kind: 'set', variable: 'x', value: '{x}1', exits: { next: 'b' } },
      { id: 'b', kind: 'language', exits: { en: 'a', sv: 'a', fr: 'a' } },
    ])
    assert.equal(codes(beginFlow(circle, arrival, world(day))).at(-1), 'cut-circle')
    const open = flowOf([{ id: 'a', kind: 'setLanguage', language: 'fr', exits: {} }])
    assert.equal(codes(beginFlow(open, arrival, world(day))).at(-1), 'cut-exit-open')
    const waiting = beginFlow(office, arrival, world(night))
    const late = advanceFlow(office, waiting.state, { kind: 'said' }, world(night + 601_000))
    assert.equal(codes(late).at(-1), 'cut-stay-over')
    assert.equal(waits(late)?.kind, 'hangUp')
  })

  it('asks about callers, presence, money and holidays', () => {
    const asks = flowOf([
      {
        id: 'who',
        kind: 'caller',
        matches: [{ kind: 'withheld' }, { kind: 'prefix', prefix: '+4670' }],
        exits: { yes: 'how', no: 'end' },
      },
      {
        id: 'how',
        kind: 'presence',
        userId: anna,
        exits: { available: 'end', busy: 'spend', away: 'end', doNotDisturb: 'end', offline: 'end' },
      },
      { id: 'spend', kind: 'spend', overMicros: 1_000_000, exits: { over: 'day', under: 'end' } },
      {
        id: 'day',
        kind: 'holiday',
        country: 'SE',
        kinds: ['public', 'bank'],
        ownDays: [{ day: '12-27', until: '01-02', name: 'inventory' }],
        exits: { holiday: 'end', ordinary: 'end' },
      },
      { id: 'end', kind: 'hangUp', exits: {} },
    ])
    const at = (ms: number) =>
      beginFlow(asks, arrival, world(ms, { presenceOf: () => 'busy', spentTodayMicros: () => 2e6 }))
    assert.deepEqual(codes(at(day)), ['caller-fits', 'presence', 'spend-over', 'no-holiday', 'hangs-up'])
    const nameAt = (ms: number) => at(ms).state.variables.holiday
    assert.equal(nameAt(Date.UTC(2026, 11, 24, 12)), 'julafton')
    assert.equal(nameAt(Date.UTC(2026, 11, 30, 12)), 'inventory')
    assert.equal(nameAt(Date.UTC(2027, 0, 2, 12)), 'inventory')
    // Midnight in Stockholm is 22:00 UTC of the day before in summer.
    assert.equal(nameAt(Date.UTC(2026, 5, 18, 22, 30)), 'midsommarafton')
  })
})
