import type { UserId } from '@vaxel/base'
import type { Language } from '../ports/directory.ts'
import type { WeeklyPeriod } from './schedule.ts'

/**
 * What is done with a call to a number: nodes, each with named exits that lead to other nodes. A call is at one node at a time,
 * begins at `start`, and leaves by the exit that fits, until a node without exits takes it away.
 */
export interface Flow {
  /** Of the node where calls begin. */
  readonly start: string
  readonly nodes: readonly FlowNode[]
  /** IANA name, in which schedules and days are read. */
  readonly timeZone: string
  /** What callers hear first; by default the company's. */
  readonly language?: Language
  /** After so long the call is ended with a sentence, whatever it waits for. 10 to 3600. */
  readonly mostStaySeconds: number
}

/** What every node has. */
export interface NodeFrame {
  /** Unique in the flow; letters, digits, `-` and `_`. */
  readonly id: string
  /** What people call it. */
  readonly name?: string
  /** Where it is drawn; the flow does not depend on it. */
  readonly at?: { readonly x: number; readonly y: number }
  /** Exit to node. An exit that leads nowhere is not here; a flow with one is not published. */
  readonly exits: Readonly<Record<string, string>>
}

/** Something that a node says. */
export type FlowSound =
  /** Named in `packages/media/src/play/sentences`. */
  | { readonly kind: 'prompt'; readonly name: string }
  /** Uploaded. */
  | { readonly kind: 'sound'; readonly soundId: string }
  /** Of a variable, digit by digit. */
  | { readonly kind: 'digits'; readonly variable: string }
  /** Of a variable, as a number from 0 to 999. */
  | { readonly kind: 'number'; readonly variable: string }
  /** Day and time of now. */
  | { readonly kind: 'time' }
  | { readonly kind: 'pause'; readonly ms: number }

/** Who calls. All that the directory's shared contacts know are a `contact`; people of the company are `internal`. */
export type CallerMatch =
  | { readonly kind: 'withheld' }
  | { readonly kind: 'internal' }
  | { readonly kind: 'contact' }
  /** Digits that the number begins with, in E.164 for callers from outside. */
  | { readonly kind: 'prefix'; readonly prefix: string }

/** A day of the company's own on which it is closed: `2026-12-24`, or `12-24` for every year; `until` is included. */
export interface OwnDay {
  readonly day: string
  readonly until?: string
  readonly name: string
}

export type VariableTest = 'is' | 'isNot' | 'beginsWith' | 'contains' | 'isOver' | 'isUnder' | 'isSet'

/** Whom a node rings. */
export type RingTarget =
  | { readonly kind: 'user'; readonly userId: UserId }
  /** An extension, a hunt group, any number of the company. */
  | { readonly kind: 'number'; readonly number: string }

/** Texts of nodes may hold variables: `{caller}`. `template.ts` says which there always are. */
export type FlowNode = NodeFrame &
  (
    | { readonly kind: 'time'; readonly open: readonly WeeklyPeriod[] }
    /** `region` as the calendar of the country names it. `kinds`: which of its days count. */
    | {
        readonly kind: 'holiday'
        readonly country?: string
        readonly region?: string
        readonly kinds: readonly HolidayKind[]
        readonly ownDays: readonly OwnDay[]
      }
    | { readonly kind: 'presence'; readonly userId: UserId }
    | { readonly kind: 'caller'; readonly matches: readonly CallerMatch[] }
    | { readonly kind: 'language' }
    /** Whether the company has spent more than so much on calls over trunks today (UTC). */
    | { readonly kind: 'spend'; readonly overMicros: number }
    | { readonly kind: 'variable'; readonly variable: string; readonly test: VariableTest; readonly value: string }
    | {
        readonly kind: 'lookup'
        readonly url: string
        readonly method: 'GET' | 'POST'
        readonly timeLimitMs: number
        /** Name of a kept credential, sent as `Authorization`. */
        readonly credential?: string
        /** What is taken from the answer, by JSON pointer (RFC 6901). */
        readonly take: readonly { readonly variable: string; readonly pointer: string }[]
      }
    | { readonly kind: 'announce'; readonly say: readonly FlowSound[]; readonly isUninterruptible?: boolean }
    | {
        readonly kind: 'menu'
        readonly say: readonly FlowSound[]
        /** Keys that are on offer, each an exit: `12*`. */
        readonly keys: string
        readonly tries: number
        readonly waitSeconds: number
        /** Said before it is asked again. */
        readonly sayAgain?: readonly FlowSound[]
      }
    | {
        readonly kind: 'collect'
        readonly say: readonly FlowSound[]
        readonly variable: string
        readonly least: number
        readonly most: number
        readonly tries: number
        readonly waitSeconds: number
        /** Not told in the call's timeline: card numbers, PINs. */
        readonly isSecret?: boolean
      }
    | { readonly kind: 'ring'; readonly target: RingTarget; readonly ringSeconds: number; readonly hasMusic?: boolean }
    | { readonly kind: 'queue'; readonly number: string }
    /** The mailbox of a person, or another one by its number. */
    | {
        readonly kind: 'voicemail'
        readonly box:
          | { readonly kind: 'user'; readonly userId: UserId }
          | { readonly kind: 'number'; readonly number: string }
      }
    /** Anywhere. A number outside needs somebody in whose name and within whose limits it is called. */
    | { readonly kind: 'forward'; readonly to: string; readonly asUserId?: UserId; readonly ringSeconds: number }
    | { readonly kind: 'set'; readonly variable: string; readonly value: string }
    | { readonly kind: 'setLanguage'; readonly language: Language }
    | { readonly kind: 'callerName'; readonly name: string }
    | { readonly kind: 'record'; readonly isOn: boolean }
    | { readonly kind: 'mail'; readonly to: string; readonly subject: string; readonly text: string }
    | { readonly kind: 'webhook'; readonly url: string; readonly credential?: string; readonly text: string }
    | { readonly kind: 'hangUp'; readonly isBusy?: boolean }
  )

export type FlowNodeKind = FlowNode['kind']

/** A node of one kind. */
export type FlowNodeOf<Kind extends FlowNodeKind> = Extract<FlowNode, { readonly kind: Kind }>

/** `public`: by law a day off. `bank`: banks and offices are closed. `observance`: kept by many, shops are open. */
export type HolidayKind = 'public' | 'bank' | 'school' | 'optional' | 'observance'

/** The most that a flow may hold. */
export const flowLimits = {
  nodes: 200,
  ringSeconds: 180,
  waitSeconds: 30,
  tries: 5,
  staySeconds: 3600,
  lookupMs: 10_000,
  variableLength: 500,
  /** Nodes that one call may pass. */
  steps: 300,
  /** Nodes that a call may pass without anything that takes time. */
  stepsWithoutWait: 100,
} as const
