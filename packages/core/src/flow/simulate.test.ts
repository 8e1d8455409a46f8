import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { UserId } from '@vaxel/base'
import { diffFlows } from './diff-flows.ts'
import type { Flow, FlowNode } from './flow.ts'
import { compileFlow } from './flow-state.ts'
import { replayCall } from './replay.ts'
import { runCase } from './run-case.ts'
import { type FlowGiven, simulateFlow } from './simulate.ts'
import { flowWords, sayDifference, sayLanding, sayNote } from './words/say-flow.ts'

const anna = 'anna' as UserId
const monday = Date.UTC(2026, 10, 23, 9)
const nodes: readonly FlowNode[] = [
  {
    id: 'how',
    kind: 'presence',
    userId: anna,
    exits: { available: 'menu', busy: 'menu', away: 'end', doNotDisturb: 'end', offline: 'end' },
  },
  {
    id: 'menu',
    kind: 'menu',
    say: [],
    keys: '12',
    tries: 1,
    waitSeconds: 5,
    exits: { '1': 'ring', '2': 'queue', silence: 'ring', wrong: 'end' },
  },
  {
    id: 'ring',
    kind: 'ring',
    target: { kind: 'user', userId: anna },
    ringSeconds: 20,
    exits: { busy: 'queue', noAnswer: 'box', unreachable: 'box' },
  },
  { id: 'queue', kind: 'queue', number: '300', exits: { refused: 'end' } },
  { id: 'box', kind: 'voicemail', box: { kind: 'user', userId: anna }, exits: { refused: 'end' } },
  { id: 'end', name: 'The end', kind: 'hangUp', exits: {} },
]
const flow: Flow = { start: 'how', nodes, timeZone: 'Europe/Stockholm', mostStaySeconds: 300 }
const compiled = compileFlow(flow)
const given: FlowGiven = { caller: '+46701234567', atMs: monday, language: 'en', nameOf: () => 'Anna Ek' }
const changed = (id: string, change: object): Flow => ({
  ...flow,
  nodes: nodes.map((node) => (node.id === id ? ({ ...node, ...change } as FlowNode) : node)),
})

describe('a simulated call', () => {
  it('shows its way, with the reason of each step and the time that has passed', () => {
    const { steps, landing } = simulateFlow(compiled, { ...given, keys: ['1'], outcomes: { ring: 'noAnswer' } })
    assert.deepEqual(
      steps.map((step) => [step.nodeId, step.exit, step.afterMs, sayNote(step, 'en')]),
      [
        ['how', 'available', 0, 'Anna Ek is available'],
        ['menu', '1', 0, 'The caller pressed 1'],
        ['ring', undefined, 0, 'Anna Ek rings for 20 s at most'],
        ['ring', 'noAnswer', 20_000, 'Nobody answered there'],
        ['box', undefined, 20_000, 'The call goes to the voicemail of Anna Ek'],
      ],
    )
    assert.deepEqual(landing, { kind: 'voicemail', nodeId: 'box', target: 'anna', name: 'Anna Ek' })
    assert.equal(sayLanding(landing, 'fr'), 'laisse un message à Anna Ek')
  })

  it('presses nothing when no keys are left, and goes by the presence that is given', () => {
    assert.equal(simulateFlow(compiled, given).landing.kind, 'ring')
    assert.equal(simulateFlow(compiled, { ...given, presence: { anna: 'away' } }).landing.kind, 'hangUp')
  })

  it('passes a kept case, or tells what is otherwise', () => {
    const expected = { landing: { kind: 'queue', target: '300' }, passes: ['menu'] } as const
    assert.equal(runCase(compiled, { ...given, keys: ['2'] }, expected).hasLanded, true)
    const failed = runCase(compiled, { ...given, presence: { anna: 'offline' } }, expected)
    assert.deepEqual([failed.hasLanded, failed.missed], [false, ['menu']])
  })
})

describe('a call of the past', () => {
  const passed = [{ nodeId: 'how', exit: 'busy' }, { nodeId: 'menu', exit: '2' }, { nodeId: 'queue' }]
  const call = { given, was: { kind: 'queue', target: '300', name: '300' }, passed, version: flow } as const

  it('lands where it did in the same flow, as people were and pressed then', () => {
    assert.equal(replayCall(compiled, call), undefined)
  })

  it('lands elsewhere in a draft that leads it there', () => {
    const draft = compileFlow(changed('menu', { exits: { '1': 'ring', '2': 'box', silence: 'ring', wrong: 'end' } }))
    assert.deepEqual(replayCall(draft, call), { kind: 'voicemail', nodeId: 'box', target: 'anna', name: 'Anna Ek' })
  })

  it('does not hold of somebody else what was true of the one who was asked', () => {
    const draft = compileFlow(
      changed('how', {
        userId: 'bo' as UserId,
        exits: { available: 'box', busy: 'menu', away: 'end', doNotDisturb: 'end', offline: 'end' },
      }),
    )
    assert.equal(replayCall(draft, call)?.kind, 'voicemail')
  })

  it('says how many calls would land elsewhere, in three languages', () => {
    const many = { calls: 812, elsewhere: 37 }
    assert.equal(flowWords.en.replayed(many), '37 calls of 812 would now land elsewhere.')
    assert.equal(flowWords.sv.replayed(many), '37 av 812 samtal skulle nu hamna någon annanstans.')
    assert.equal(flowWords.fr.replayed(many), '37 appels sur 812 aboutiraient maintenant ailleurs.')
  })
})

describe('two versions of a flow', () => {
  it('differ in steps, fields and exits, not in where they are drawn', () => {
    assert.deepEqual(diffFlows(flow, changed('end', { at: { x: 1, y: 2 } })), [])
    const after = changed('ring', { ringSeconds: 30, exits: { busy: 'end', noAnswer: 'box', unreachable: 'box' } })
    assert.deepEqual(
      diffFlows(flow, { ...after, mostStaySeconds: 60 }).map((one) => sayDifference(one, 'en')),
      [
        'The longest stay of the flow changed',
        '“Ring”: how long it rings changed',
        '“Ring”: “busy” leads to “The end”, no longer to “Queue”',
      ],
    )
    assert.deepEqual(
      diffFlows(flow, {
        ...changed('queue', { exits: {} }),
        nodes: changed('queue', { exits: {} }).nodes.slice(0, -1),
      }).map((one) => sayDifference(one, 'sv')),
      ['”Kö”: ”togs inte emot” leder till ”ingenstans”, inte längre till ”The end”', '”The end” är borta'],
    )
  })
})
