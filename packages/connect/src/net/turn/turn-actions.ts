import type { Endpoint } from '@vaxel/sip'
import type { Allocation, TurnClient } from './allocation.ts'
import type { StunFrame } from './stun-codec.ts'

/** What is to be done for a datagram. */
export type TurnAction =
  /** To whoever sent it; `unbind` has ended by it. */
  | { readonly do: 'reply'; readonly bytes: Uint8Array; readonly unbind?: Allocation }
  | BindAction
  | { readonly do: 'relay'; readonly allocation: Allocation; readonly bytes: Uint8Array; readonly to: Endpoint }
  | { readonly do: 'deliver'; readonly client: TurnClient; readonly bytes: Uint8Array }
  | { readonly do: 'unbind'; readonly allocation: Allocation }
  | { readonly do: 'ignore'; readonly why: string }

/** Open a socket for the allocation, and tell `TurnServer.relayBound` of it. */
export interface BindAction {
  readonly do: 'bind'
  readonly allocation: Allocation
  /** The client wants an even port (RFC 8656 §18.6). */
  readonly isEven: boolean
  /** Answered once it is known. */
  readonly request: StunFrame
}

export const ignore = (why: string): TurnAction => ({ do: 'ignore', why })
export const reply = (bytes: Uint8Array): TurnAction => ({ do: 'reply', bytes })
