import type { UserId } from '@vaxel/base'
import type { Language } from '../ports/directory.ts'
import { advanceFlow, beginFlow, type FlowStep } from './advance.ts'
import type { FlowNode } from './flow.ts'
import type {
  CompiledFlow,
  FlowEffect,
  FlowEvent,
  FlowNote,
  FlowPresence,
  FlowWorld,
  LookupAnswer,
  SentBackKind,
} from './flow-state.ts'

/** A call that never was: who, when, and how the world is. */
export interface FlowGiven {
  /** Empty or absent: withheld. */
  readonly caller?: string
  readonly callerName?: string
  readonly called?: string
  readonly atMs: number
  /** Spoken where the flow says nothing else. */
  readonly language: Language
  readonly isInternal?: boolean
  readonly isContact?: boolean
  /** By user; `available` where nothing is said. */
  readonly presence?: Readonly<Record<string, FlowPresence>>
  readonly spentMicros?: number
  /** What is pressed each time something is asked; nothing when none is left. */
  readonly keys?: readonly string[]
  /** By node; `failed` where nothing is said. */
  readonly lookups?: Readonly<Record<string, LookupAnswer>>
  /** By node; `answered` where nothing is said. */
  readonly outcomes?: Readonly<Record<string, SentBackKind | 'answered'>>
  /** How nodes were left, of a call that really was; undefined: not known, so that all above counts. */
  exitThen?(node: FlowNode): KnownExit | undefined
  nameOf?(userId: UserId): string
}

/** How a call left a node, as its timeline tells. */
export interface KnownExit {
  readonly exit: string
  readonly keys?: string
}

export interface PathStep {
  readonly nodeId: string
  readonly exit?: string
  readonly code: string
  readonly params: FlowNote['params']
  /** Since the beginning. What is said counts as nothing; what is waited for counts in full. */
  readonly afterMs: number
}

/** `stopped`: cut, as it would not end. */
export type LandingKind = 'ring' | 'queue' | 'voicemail' | 'forward' | 'hangUp' | 'stopped'

/** Where a call comes to. Two with the same kind and target are the same. */
export interface Landing {
  readonly kind: LandingKind
  readonly nodeId?: string
  /** A user's id or a number; `busy` or empty for an end. */
  readonly target: string
  /** What people call that. */
  readonly name: string
}

export interface FlowPath {
  readonly steps: readonly PathStep[]
  readonly landing: Landing
}

export const isSameLanding = (a: Landing, b: Landing): boolean => a.kind === b.kind && a.target === b.target

/** The way of a call through a flow. Nobody is rung and nothing is sent; the same question has the same answer. */
export function simulateFlow(flow: CompiledFlow, given: FlowGiven): FlowPath {
  const steps: PathStep[] = []
  const keys = [...(given.keys ?? [])]
  let nowMs = given.atMs
  const nameOf = (userId: UserId): string => given.nameOf?.(userId) ?? userId
  const world = (): FlowWorld => ({
    nowMs,
    presenceOf: (userId) => given.presence?.[userId] ?? 'available',
    nameOf,
    isContact: () => given.isContact ?? false,
    spentTodayMicros: () => given.spentMicros ?? 0,
    ...(given.exitThen ? { exitThen: (node: FlowNode) => given.exitThen?.(node)?.exit } : {}),
  })
  const caller = {
    number: given.caller ?? '',
    isInternal: given.isInternal ?? false,
    ...(given.callerName === undefined ? {} : { name: given.callerName }),
  }
  const { language, called = '' } = given
  let step = beginFlow(flow, { caller, called, language }, world())
  for (;;) {
    for (const effect of step.effects) if (effect.kind === 'note') steps.push(toStep(effect, nowMs - given.atMs))
    const last = step.effects.at(-1)
    const came = last && answerTo(last, step, flow, given, keys)
    if (!came) return { steps, landing: landingOf(step, last, nameOf) }
    nowMs += came.tookMs
    step = advanceFlow(flow, step.state, came.event, world())
  }
}

const toStep = ({ nodeId, exit, code, params }: FlowNote, afterMs: number): PathStep => ({
  nodeId,
  ...(exit === undefined ? {} : { exit }),
  code,
  params,
  afterMs,
})

interface Came {
  readonly event: FlowEvent
  readonly tookMs: number
}

/** What comes back of an effect; undefined when the call ends there, or is somebody's. */
function answerTo(
  effect: FlowEffect,
  { state }: FlowStep,
  flow: CompiledFlow,
  given: FlowGiven,
  keys: string[],
): Came | undefined {
  const node = flow.byId.get(state.nodeId)
  const then = node && effect.kind !== 'say' ? given.exitThen?.(node) : undefined
  if (then && effect.kind !== 'hangUp') return { event: { kind: 'knownExit', ...then }, tookMs: 0 }
  switch (effect.kind) {
    case 'say':
      return { event: { kind: 'said' }, tookMs: 0 }
    case 'askKeys': {
      const pressed = keys.shift() ?? ''
      return {
        event: { kind: 'keys', keys: pressed.replace(/#$/, effect.endOn === '#' ? '' : '#') },
        tookMs: pressed === '' ? effect.firstMs : 0,
      }
    }
    case 'lookUp': {
      const answer = given.lookups?.[state.nodeId] ?? { kind: 'failed' as const }
      return { event: { kind: 'lookedUp', answer }, tookMs: answer.kind === 'timeOut' ? effect.timeLimitMs : 0 }
    }
    case 'sendOn': {
      const outcome = given.outcomes?.[state.nodeId] ?? 'answered'
      if (outcome === 'answered') return undefined
      return { event: { kind: 'sentBack', how: outcome }, tookMs: outcome === 'noAnswer' ? effect.ringMs : 0 }
    }
    default:
      return undefined
  }
}

function landingOf(
  { state, effects }: FlowStep,
  last: FlowEffect | undefined,
  nameOf: (id: UserId) => string,
): Landing {
  const at = { nodeId: state.nodeId }
  if (last?.kind === 'sendOn') {
    const { to, as } = last
    return to.kind === 'user'
      ? { kind: as, ...at, target: to.userId, name: nameOf(to.userId) }
      : { kind: as, ...at, target: to.number, name: to.number }
  }
  const isCut = effects.some((effect) => effect.kind === 'note' && effect.code.startsWith('cut-'))
  if (isCut) return { kind: 'stopped', ...at, target: '', name: '' }
  return { kind: 'hangUp', ...at, target: last?.kind === 'hangUp' && last.isBusy ? 'busy' : '', name: '' }
}
