import type { UserId } from '@vaxel/base'
import type { Language } from '../ports/directory.ts'
import type { Flow, FlowNode, FlowSound, RingTarget } from './flow.ts'
import type { Variables } from './template.ts'

/** A flow with its nodes at hand by their names. */
export interface CompiledFlow extends Flow {
  readonly byId: ReadonlyMap<string, FlowNode>
}

/** Prepares a flow for running; any flow, also a wrong one. */
export const compileFlow = (flow: Flow): CompiledFlow => ({
  ...flow,
  byId: new Map(flow.nodes.map((node) => [node.id, node])),
})

/** Where a call is in a flow, and all that it has with it. */
export interface FlowState {
  /** `waiting`: for the event that the last effect leads to. `ended`: no event changes anything any more. */
  readonly phase: 'waiting' | 'ended'
  readonly nodeId: string
  /** How often a menu or an input has been asked for already. */
  readonly asked: number
  /** Nodes entered so far. */
  readonly steps: number
  readonly startedAtMs: number
  readonly variables: Variables
  readonly language: Language
  readonly caller: FlowCaller
}

/** Who calls, as a flow sees them; it does not change on the way. */
export interface FlowCaller {
  /** E.164 or extension; empty when withheld. */
  readonly number: string
  readonly name?: string
  /** Somebody of the company. */
  readonly isInternal: boolean
}

export type FlowPresence = 'available' | 'busy' | 'away' | 'doNotDisturb' | 'offline'

/** What is true outside the flow at the moment of a step. */
export interface FlowWorld {
  readonly nowMs: number
  presenceOf(userId: UserId): FlowPresence
  /** What people call a user, for the timeline. */
  nameOf(userId: UserId): string
  /** The caller is among the company's shared contacts. */
  isContact(): boolean
  spentTodayMicros(): number
  /** How a call of the past left a condition, when one is followed again. */
  exitThen?(node: FlowNode): string | undefined
}

/** What comes back to a waiting flow. */
export type FlowEvent =
  | { readonly kind: 'said' }
  /** `keys` without the one that ended the input. */
  | { readonly kind: 'keys'; readonly keys: string }
  | { readonly kind: 'sentBack'; readonly how: SentBackKind }
  | { readonly kind: 'lookedUp'; readonly answer: LookupAnswer }
  /** A call of the past is followed again: it left the node so. */
  | { readonly kind: 'knownExit'; readonly exit: string; readonly keys?: string }
  /** The longest stay is over. */
  | { readonly kind: 'stayOver' }
  /** The caller has left. */
  | { readonly kind: 'gone' }

export type SentBackKind = 'busy' | 'noAnswer' | 'unreachable' | 'refused'

export type LookupAnswer =
  | { readonly kind: 'answered'; readonly values: Variables }
  | { readonly kind: 'failed' | 'timeOut' }

/** Something to say, with variables already in place. */
export type FlowSpoken =
  | Extract<FlowSound, { kind: 'prompt' | 'sound' | 'pause' }>
  | { readonly kind: 'digits'; readonly digits: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'time'; readonly atMs: number }

/** What is to be done. At most one of the effects of a step waits; it is the last one, and its event comes back. */
export type FlowEffect =
  | FlowNote
  /** Waits: `said`. */
  | { readonly kind: 'say'; readonly say: readonly FlowSpoken[]; readonly isUninterruptible: boolean }
  /** Waits: `keys`. */
  | {
      readonly kind: 'askKeys'
      readonly say: readonly FlowSpoken[]
      readonly most: number
      readonly endOn?: string
      readonly firstMs: number
    }
  /** Waits: `sentBack`, unless somebody takes the call. */
  | {
      readonly kind: 'sendOn'
      readonly to: RingTarget
      readonly as: 'ring' | 'queue' | 'voicemail' | 'forward'
      readonly ringMs: number
      readonly hasMusic: boolean
      readonly asUserId?: UserId
    }
  /** Waits: `lookedUp`. */
  | {
      readonly kind: 'lookUp'
      readonly nodeId: string
      readonly url: string
      /** Sent as JSON; absent: GET. */
      readonly body?: Variables
      readonly timeLimitMs: number
      readonly credential?: string
      readonly take: readonly { readonly variable: string; readonly pointer: string }[]
    }
  | { readonly kind: 'setLanguage'; readonly language: Language }
  | { readonly kind: 'nameCaller'; readonly name: string }
  | { readonly kind: 'record'; readonly isOn: boolean }
  | { readonly kind: 'mail'; readonly to: string; readonly subject: string; readonly text: string }
  | { readonly kind: 'callWebhook'; readonly url: string; readonly credential?: string; readonly body: Variables }
  | { readonly kind: 'hangUp'; readonly isBusy: boolean; readonly say: readonly FlowSpoken[] }

/** One thing that was decided, for the timeline: a stable word, what it is about, and where. */
export interface FlowNote {
  readonly kind: 'note'
  readonly nodeId: string
  /** By which the node is left; absent while the call stays or ends there. */
  readonly exit?: string
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
}
