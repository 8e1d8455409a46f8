import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { UserId } from '@vaxel/base'
import fc from 'fast-check'
import { advanceFlow, beginFlow } from './advance.ts'
import { checkFlow, isReady } from './check/check-flow.ts'
import type { CheckSurroundings } from './check/finding.ts'
import { exitsOf } from './exits.ts'
import { type Flow, type FlowNode, flowLimits } from './flow.ts'
import { compileFlow, type FlowEffect, type FlowEvent, type FlowPresence, type FlowWorld } from './flow-state.ts'
import { simulateFlow } from './simulate.ts'

const someone = 'anna' as UserId
/** One node of each kind, without its place in a flow. */
const shapes: readonly object[] = [
  { kind: 'time', open: [{ days: [1, 2, 3], from: '22:00', to: '06:00' }] },
  { kind: 'holiday', country: 'SE', kinds: ['public'], ownDays: [] },
  { kind: 'presence', userId: someone },
  { kind: 'caller', matches: [{ kind: 'prefix', prefix: '+46' }, { kind: 'contact' }] },
  { kind: 'language' },
  { kind: 'spend', overMicros: 5 },
  { kind: 'variable', variable: 'x', test: 'isUnder', value: '3' },
  {
    kind: 'lookup',
    url: 'https://a.example/{x}',
    method: 'GET',
    timeLimitMs: 10_000,
    take: [{ variable: 'x', pointer: '' }],
  },
  {
    kind: 'announce',
    say: [
      { kind: 'prompt', name: 'p' },
      { kind: 'number', variable: 'x' },
    ],
  },
  { kind: 'menu', say: [{ kind: 'prompt', name: 'p' }], keys: '1*', tries: 5, waitSeconds: 30 },
  {
    kind: 'collect',
    say: [{ kind: 'prompt', name: 'p' }],
    variable: 'x',
    least: 1,
    most: 3,
    tries: 5,
    waitSeconds: 30,
  },
  { kind: 'ring', target: { kind: 'user', userId: someone }, ringSeconds: 180 },
  { kind: 'queue', number: '300' },
  { kind: 'voicemail', box: { kind: 'user', userId: someone } },
  { kind: 'forward', to: '{x}', ringSeconds: 180 },
  { kind: 'set', variable: 'x', value: '{x}1' },
  { kind: 'setLanguage', language: 'fr' },
  { kind: 'callerName', name: '{x}' },
  { kind: 'record', isOn: true },
  { kind: 'mail', to: 'a@b.example', subject: '{x}', text: '{x}' },
  { kind: 'webhook', url: 'https://a.example/', text: '{x}' },
  { kind: 'hangUp' },
]

/** Any flow of up to twelve nodes; some exits lead nowhere. */
const anyFlow = (canBeOpen: boolean): fc.Arbitrary<Flow> =>
  fc
    .array(fc.tuple(fc.nat(shapes.length - 1), fc.array(fc.nat(canBeOpen ? 14 : 11), { minLength: 6, maxLength: 6 })), {
      minLength: 1,
      maxLength: 12,
    })
    .chain((drawn) =>
      fc.record({ mostStaySeconds: fc.integer({ min: 10, max: 3600 }) }).map(({ mostStaySeconds }) => ({
        start: 'n0',
        timeZone: 'Europe/Stockholm',
        mostStaySeconds,
        nodes: drawn.map(([shape, leads], i): FlowNode => {
          const bare = { ...shapes[shape], id: `n${i}`, exits: {} } as FlowNode
          const exits = exitsOf(bare).map((exit, k) => {
            const to = leads[k % leads.length]!
            return [exit, `n${canBeOpen ? to : to % drawn.length}`]
          })
          return { ...bare, exits: Object.fromEntries(exits) }
        }),
      })),
    )

const anyEvent: fc.Arbitrary<FlowEvent> = fc.oneof(
  fc.constant<FlowEvent>({ kind: 'said' }),
  fc.constantFrom('', '1', '*', '9', '1234').map((keys): FlowEvent => ({ kind: 'keys', keys })),
  fc
    .constantFrom('busy', 'noAnswer', 'unreachable', 'refused')
    .map((how): FlowEvent => ({ kind: 'sentBack', how: how as 'busy' })),
  fc.constantFrom<FlowEvent>(
    { kind: 'lookedUp', answer: { kind: 'answered', values: { x: '7' } } },
    { kind: 'lookedUp', answer: { kind: 'failed' } },
    { kind: 'lookedUp', answer: { kind: 'timeOut' } },
  ),
)

const answers: Partial<Record<FlowEffect['kind'], FlowEvent['kind']>> = {
  say: 'said',
  askKeys: 'keys',
  sendOn: 'sentBack',
  lookUp: 'lookedUp',
}

const world = (nowMs: number, presence: FlowPresence): FlowWorld => ({
  nowMs,
  presenceOf: () => presence,
  nameOf: () => 'Anna',
  isContact: () => false,
  spentTodayMicros: () => 9,
})
const arrival = { caller: { number: '+46701234567', isInternal: false }, called: '499', language: 'sv' } as const
const around: CheckSurroundings = {
  hasUser: () => true,
  numberKind: () => ({ kind: 'queue' }),
  hasPrompt: () => true,
  soundMs: () => 1000,
  credentialHost: () => undefined,
}

describe('any flow', () => {
  it('ends whatever comes back, with one bounded wait at a time', () => {
    fc.assert(
      fc.property(
        anyFlow(true),
        fc.infiniteStream(fc.tuple(anyEvent, fc.nat(200))),
        fc.constantFrom<FlowPresence>('available', 'busy', 'offline'),
        (flow, events, presence) => {
          const compiled = compileFlow(flow)
          let nowMs = Date.UTC(2026, 10, 23, 9)
          let step = beginFlow(compiled, arrival, world(nowMs, presence))
          let came = 0
          while (step.state.phase === 'waiting') {
            assert.ok(++came <= flowLimits.steps * flowLimits.tries)
            const waits = step.effects.filter(({ kind }) => kind in answers)
            assert.equal(waits.length, 1)
            const wait = step.effects.at(-1)!
            assert.equal(wait, waits[0])
            const longest = Math.min(flow.mostStaySeconds, flowLimits.staySeconds) * 1000
            if (wait.kind === 'sendOn') assert.ok(wait.ringMs <= longest)
            if (wait.kind === 'askKeys') assert.ok(wait.firstMs <= longest)
            if (wait.kind === 'lookUp') assert.ok(wait.timeLimitMs <= flowLimits.lookupMs)
            let next = events.next().value
            while (next[0].kind !== answers[wait.kind]) next = events.next().value
            nowMs += next[1]
            step = advanceFlow(compiled, step.state, next[0], world(nowMs, presence))
          }
          const last = step.effects.at(-1)
          assert.equal(last?.kind, 'hangUp')
        },
      ),
      { numRuns: 300 },
    )
  })

  it('that passes the check is never cut because of how it is drawn', () => {
    let ready = 0
    fc.assert(
      fc.property(anyFlow(false), fc.array(fc.constantFrom('', '1', '*', '9', '12')), (flow, keys) => {
        if (!isReady(checkFlow(flow, around))) return
        ready++
        const { steps } = simulateFlow(compileFlow(flow), {
          caller: '+46701234567',
          atMs: Date.UTC(2026, 10, 23, 9),
          language: 'en',
          keys,
        })
        const cut = steps.filter(({ code }) => code.startsWith('cut-')).map(({ code }) => code)
        assert.ok(
          cut.every((code) => code === 'cut-stay-over' || code === 'cut-too-many-steps'),
          cut.join(),
        )
      }),
      { numRuns: 400 },
    )
    assert.ok(ready > 20, `only ${ready} flows passed`)
  })
})
