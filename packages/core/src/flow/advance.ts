import type { Language } from '../ports/directory.ts'
import { type Decided, decide, givenAt, isCondition, withValue } from './decide.ts'
import { type FlowNode, flowLimits } from './flow.ts'
import type { CompiledFlow, FlowCaller, FlowEffect, FlowEvent, FlowNote, FlowState, FlowWorld } from './flow-state.ts'
import { instantEffect, noteOf, waitingEffect } from './perform-node.ts'
import { takeEvent } from './take-event.ts'
import type { Variables } from './template.ts'

export interface FlowStep {
  readonly state: FlowState
  readonly effects: readonly FlowEffect[]
}

/** A call that comes to a flow. */
export interface FlowArrival {
  readonly caller: FlowCaller
  readonly called: string
  /** Whom the caller wanted first, where the call was forwarded here. */
  readonly firstCalled?: string
  /** Spoken where the flow says nothing else. */
  readonly language: Language
}

/**
 * Begins a flow for a call.
 * Any flow ends, whatever comes back: every wait has an end, a circle without a wait is cut after {@link flowLimits}.stepsWithoutWait nodes, every call
 * after `steps` nodes, and no call stays longer than `mostStaySeconds`.
 */
export function beginFlow(flow: CompiledFlow, arrival: FlowArrival, world: FlowWorld): FlowStep {
  const { caller, called, firstCalled = called } = arrival
  const language = flow.language ?? arrival.language
  const state: FlowState = {
    phase: 'waiting',
    nodeId: flow.start,
    asked: 0,
    steps: 0,
    startedAtMs: world.nowMs,
    variables: { caller: caller.number, callerName: caller.name ?? '', called, firstCalled },
    language,
    caller,
  }
  const first: FlowEffect[] = language === arrival.language ? [] : [{ kind: 'setLanguage', language }]
  return enter(flow, state, world, flow.start, first)
}

/** What a flow does next with a call. An event that its node does not wait for changes nothing. */
export function advanceFlow(flow: CompiledFlow, state: FlowState, event: FlowEvent, world: FlowWorld): FlowStep {
  if (state.phase === 'ended') return { state, effects: [] }
  if (event.kind === 'gone') return { state: { ...state, phase: 'ended' }, effects: [] }
  if (event.kind === 'stayOver' || remainingMs(flow, state, world) <= 0) return cut(state, [], 'stay-over')
  const node = flow.byId.get(state.nodeId)
  if (!node) return cut(state, [], 'node-gone')
  const taken = takeEvent(node, state, event)
  switch (taken.kind) {
    case 'ignored':
      return { state, effects: [] }
    case 'again': {
      const again = { ...state, asked: state.asked + 1, variables: givenAt(flow, world.nowMs, state.variables) }
      return { state: again, effects: [...taken.notes, ask(node, again, world, flow, taken.wrong)] }
    }
    case 'left':
      return leave(flow, { ...state, variables: taken.variables ?? state.variables }, world, node, taken.note, [])
  }
}

function ask(
  node: FlowNode,
  state: FlowState,
  world: FlowWorld,
  flow: CompiledFlow,
  wrong: 'silence' | 'wrong',
): FlowEffect {
  const effect = waitingEffect(node, state, world, remainingMs(flow, state, world), wrong)
  if (!effect) throw new Error(`a ${node.kind} asks nothing`)
  return effect
}

const remainingMs = (flow: CompiledFlow, state: FlowState, world: FlowWorld): number =>
  state.startedAtMs + Math.min(flow.mostStaySeconds, flowLimits.staySeconds) * 1000 - world.nowMs

/** Leaves a node by an exit, and enters the one it leads to. */
function leave(
  flow: CompiledFlow,
  state: FlowState,
  world: FlowWorld,
  node: FlowNode,
  note: FlowNote,
  effects: readonly FlowEffect[],
): FlowStep {
  const noted = [...effects, note]
  const to = note.exit === undefined ? undefined : node.exits[note.exit]
  if (to === undefined) return cut(state, noted, 'exit-open')
  return enter(flow, state, world, to, noted)
}

/** Goes on from a node until one of them waits, or the call ends. */
function enter(
  flow: CompiledFlow,
  before: FlowState,
  world: FlowWorld,
  nodeId: string,
  first: readonly FlowEffect[],
): FlowStep {
  const effects: FlowEffect[] = [...first]
  let at = nodeId
  let { steps, language } = before
  let variables: Variables = givenAt(flow, world.nowMs, before.variables)
  for (let passed = 0; ; passed++) {
    const state: FlowState = { ...before, nodeId: at, asked: 1, steps: ++steps, variables, language }
    const node = flow.byId.get(at)
    if (!node) return cut(state, effects, 'node-gone')
    if (steps > flowLimits.steps) return cut(state, effects, 'too-many-steps')
    if (passed > flowLimits.stepsWithoutWait) return cut(state, effects, 'circle')
    let exit: string
    if (isCondition(node)) {
      const then = world.exitThen?.(node)
      const decided = then === undefined ? decide(node, flow, state, world) : asThen(then)
      exit = decided.exit
      effects.push({ kind: 'note', nodeId: at, exit, code: decided.code, params: decided.params })
      if (decided.variables) variables = { ...variables, ...decided.variables }
    } else {
      const waiting = waitingEffect(node, state, world, remainingMs(flow, state, world))
      if (waiting) {
        const note = noteOf(node, state, world)
        if (note) effects.push(note)
        const isEnd = waiting.kind === 'hangUp'
        return { state: { ...state, phase: isEnd ? 'ended' : 'waiting' }, effects: [...effects, waiting] }
      }
      const done = instantEffect(node, state)
      effects.push(...done.effects)
      exit = done.note.exit ?? 'next'
      effects.push(done.note)
      if (done.value) variables = withValue(variables, done.value.name, done.value.value)
      if (done.language) language = done.language
    }
    const to = node.exits[exit]
    if (to === undefined) return cut({ ...state, variables, language }, effects, 'exit-open')
    at = to
  }
}

const asThen = (exit: string): Decided => ({ exit, code: 'as-then', params: {} })

/** Why a call is ended that would not end by itself. */
export type CutReason = 'stay-over' | 'node-gone' | 'exit-open' | 'too-many-steps' | 'circle'

/** Ends a call that cannot go on, with a sentence. */
function cut(state: FlowState, effects: readonly FlowEffect[], why: CutReason): FlowStep {
  return {
    state: { ...state, phase: 'ended' },
    effects: [
      ...effects,
      { kind: 'note', nodeId: state.nodeId, code: `cut-${why}`, params: {} },
      { kind: 'hangUp', isBusy: false, say: [{ kind: 'prompt', name: 'flow-cannot-go-on' }] },
    ],
  }
}
