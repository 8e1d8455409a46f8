import type { Requirement } from '@vaxel/site'
import type { CheckSession } from './check-session.ts'
import type { BrowserVersion } from './steps/browser-version.ts'
import type { Mapping } from './steps/candidate.ts'
import type { Reached } from './steps/reach-port.ts'
import type { RelayOutcome, RelayWay } from './steps/relay-way.ts'
import type { Several } from './steps/several-calls.ts'
import type { Quality } from './steps/watch-stream.ts'
import type { SocketOutcome } from './steps/web-socket.ts'

/** How the page itself came. */
export interface PageAddress {
  readonly host: string
  readonly port: number
  readonly isSecure: boolean
}

/** What was tried on one port, with the candidates as the browser wrote them. */
export interface PortTrial {
  readonly reached: Reached
  readonly candidates: readonly string[]
  /** STUN servers that were asked and could be reached. */
  readonly stunServers: number
}

export type Timed<T> = T & { readonly startedAt: string; readonly endedAt: string }

/** Sound from the microphone and to the speaker, as far as the person tried it. */
export interface DevicesFound {
  readonly microphone?:
    | { readonly kind: 'heard'; readonly name: string }
    | { readonly kind: 'silent'; readonly name: string }
    | { readonly kind: 'forbidden' | 'none' }
  /** What the person said: they heard the tone or they did not. */
  readonly speaker?: 'heard' | 'not-heard'
}

/** Everything that the steps brought so far. What is missing was not done yet, or could not be. */
export interface Found {
  readonly page: PageAddress
  readonly session: CheckSession
  readonly requirements: readonly Requirement[]
  readonly segment: string
  readonly browser: Timed<{ readonly version: BrowserVersion; readonly hasWebRtc: boolean }>
  /** Two connections within this page reached each other. */
  readonly loop?: Timed<{ readonly works: boolean }>
  readonly shared?: Timed<PortTrial>
  readonly trials: Readonly<Record<number, Timed<PortTrial>>>
  /** Ports that only the person asked for. */
  readonly extraPorts: readonly number[]
  /** The port of silence stayed silent. */
  readonly closed?: Timed<{ readonly isSilent: boolean | 'not-tested' }>
  readonly relays: Readonly<Partial<Record<RelayWay, Timed<RelayOutcome>>>>
  /** Every way to the relay was tried. */
  readonly areRelaysDone: boolean
  readonly areTrialsDone: boolean
  readonly mapping?: Timed<Mapping>
  readonly socket?: Timed<SocketOutcome>
  readonly quality?: Timed<{ readonly stream: Quality; readonly by: 'direct' | RelayWay }>
  /** Quality cannot be measured: nothing gets through. */
  readonly hasNoStream?: boolean
  readonly several?: Timed<Several>
  readonly devices?: Timed<DevicesFound>
}
