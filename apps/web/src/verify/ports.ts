import type { Requirement, SiteReport } from '@vaxel/site'
import type { CheckSession, StreamFigures } from './check-session.ts'

/** What the checks need of a browser. None of it is the browser itself, so that the whole check runs in tests. */
export interface VerifyPorts {
  readonly clock: PageTime
  readonly http: Http
  readonly peers: Peers
  readonly sockets: Sockets
  /** Evenly spread, at least 0 and below 1. */
  readonly random: () => number
}

/** Time as the page sees it. */
export interface PageTime {
  /** Wall clock. */
  now(): number
  monotonicMs(): number
  startTimer(delayMs: number, callback: () => void): { stop(): void }
}

/** What the server said no with, or that it said nothing. */
export interface Refused {
  readonly refused: {
    /** 0: no answer at all. */
    readonly status: number
    readonly code: string
    readonly title: string
    readonly retryAfterSeconds?: number
  }
}

export const isRefused = <T extends object>(answer: T | Refused): answer is Refused => 'refused' in answer

/** The check session of the server. Nothing of it throws. */
export interface Http {
  startCheck(invitation: string | undefined): Promise<CheckSession | Refused>
  /** @param port `shared`: the one that calls of browsers use */
  openStream(
    session: CheckSession,
    port: number | 'shared',
    offer: string,
  ): Promise<{ readonly streamId: string; readonly answer: string } | Refused>
  /** Opens one more port of the range for this check; undefined when it is open. */
  openPort(session: CheckSession, port: number): Promise<Refused | undefined>
  readStream(session: CheckSession, streamId: string): Promise<StreamFigures | Refused>
  /** The stream is not needed any more; nobody waits for it. */
  endStream(session: CheckSession, streamId: string): void
  /** Nothing of the check is needed any more: what it held at the server is free again. */
  endCheck(session: CheckSession): void
  /** The requirements of the catalogue that the session names. */
  readRequirements(session: CheckSession): Promise<readonly Requirement[] | Refused>
  /** @param invitation token of a site's link */
  sendReport(invitation: string, report: SiteReport): Promise<Record<never, never> | Refused>
}

export interface IceServer {
  readonly urls: readonly string[]
  readonly username?: string
  readonly credential?: string
}

export interface PeerOptions {
  readonly iceServers?: readonly IceServer[]
  /** By relay alone. */
  readonly relayOnly?: boolean
}

export interface Peers {
  /** False where the browser has no WebRTC, or its owner switched it off. */
  readonly isThere: boolean
  /** Throws where the browser refuses to make one more. */
  open(options: PeerOptions): Peer
  /** Two of our own connected to each other within this page: whether the browser can do it at all. */
  loop(limitMs: number): Promise<boolean>
}

export type PeerState = 'connecting' | 'connected' | 'failed'

/** One peer connection with a tone to send, in G.711 alone: 50 packets a second whatever is said. */
export interface Peer {
  /** Our offer, already set as ours. */
  offer(): Promise<string>
  answer(sdp: string): Promise<void>
  /** Of ICE and DTLS together. */
  readonly state: PeerState
  /** ICE alone has a working pair. */
  readonly hasPair: boolean
  /** The lines `candidate:…` gathered so far. */
  readonly candidates: readonly string[]
  readonly candidateErrors: readonly CandidateError[]
  readonly isGathered: boolean
  /** Called at each change of anything above. */
  onChange(listener: () => void): void
  stats(): Promise<readonly StatisticsEntry[]>
  close(): void
}

/** `icecandidateerror`: the STUN error code, 701 when the server could not be reached. */
export interface CandidateError {
  readonly url: string
  readonly code: number
}

/** An entry of `getStats()` (webrtc-stats). */
export interface StatisticsEntry {
  readonly id: string
  readonly type: string
  readonly [name: string]: unknown
}

export interface Sockets {
  /**
   * Opens a WebSocket, sends a text and waits for an answer that holds another text.
   * @returns how far it came
   */
  exchange(options: {
    readonly url: string
    readonly protocol: string
    readonly send: string
    readonly expect: string
    readonly limitMs: number
  }): Promise<{ readonly reached: 'answered' | 'opened' | 'nothing'; readonly tookMs: number }>
}
