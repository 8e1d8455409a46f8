import type { CheckSession } from '../check-session.ts'
import { isRefused, type Peer, type PeerOptions, type Refused, type VerifyPorts } from '../ports.ts'
import { type ChosenPair, readCounters } from './statistics.ts'
import { pause, peerIs, within } from './wait-for.ts'

/** How far a stream to one port came. Only `echo` is a way for a call. */
export type Reached =
  /** Sound went there and came back, both counted. */
  | { readonly kind: 'echo'; readonly tookMs: number; readonly roundTripMs?: number; readonly pair?: ChosenPair }
  /** No connectivity check was answered. `serverHeard`: it heard us all the same, so that the way back is shut. */
  | { readonly kind: 'nothing'; readonly serverHeard?: boolean }
  /** Short packets pass and the key exchange does not. */
  | { readonly kind: 'no-keys' }
  /** Connected, and the sound went one way only. */
  | { readonly kind: 'one-way'; readonly lacks: 'up' | 'down' | 'both' }
  /** The server would not open the port. */
  | { readonly kind: 'refused'; readonly by: Refused['refused'] }
  /** The browser would not make a connection. */
  | { readonly kind: 'browser'; readonly reason: string }

export interface ReachLimits {
  /** Until a pair of candidates works. */
  readonly pairMs: number
  /** From then until the keys are exchanged. */
  readonly keysMs: number
  /** From then until sound has gone there and back. */
  readonly echoMs: number
}

const reachLimits: ReachLimits = { pairMs: 6000, keysMs: 4000, echoMs: 4000 }

/** A stream that runs on; whoever holds it closes it. */
export interface OpenStream {
  readonly peer: Peer
  readonly streamId: string
}

/** Ends a stream on both sides. */
export function endStream(
  { http }: Pick<VerifyPorts, 'http'>,
  session: CheckSession,
  { peer, streamId }: OpenStream,
): void {
  peer.close()
  http.endStream(session, streamId)
}

/** Fewer are an accident, not a stream. */
export const leastPackets = 10
const lookEveryMs = 150

/**
 * Sends sound to exactly one port and asks for it back: a pair of candidates that was nominated, keys exchanged, packets
 * counted by the server and packets of it counted here.
 * @param options `keep`: the stream runs on after an echo and is the caller's; else it is closed
 */
export async function reachPort(
  ports: VerifyPorts,
  session: CheckSession,
  options: {
    readonly port: number | 'shared'
    readonly peer?: PeerOptions
    readonly limits?: ReachLimits
    /** Changes the answer, for controls. */
    readonly rewrite?: (answer: string) => string
    readonly keep?: (stream: OpenStream) => void
    /** Shown what the browser gathered, before it is closed. */
    readonly look?: (peer: Peer) => void
  },
): Promise<Reached> {
  const { clock, http, peers } = ports
  const limits = options.limits ?? reachLimits
  const startedMs = clock.monotonicMs()
  let peer: Peer | undefined
  let isKept = false
  let streamId: string | undefined
  try {
    peer = peers.open(options.peer ?? {})
    const offer = await within(clock, limits.pairMs, peer.offer())
    if (offer === undefined) return { kind: 'browser', reason: 'the offer was not made' }
    const opened = await http.openStream(session, options.port, offer)
    if (isRefused(opened)) return { kind: 'refused', by: opened.refused }
    streamId = opened.streamId
    await peer.answer(options.rewrite?.(opened.answer) ?? opened.answer)
    if (!(await peerIs(clock, peer, limits.pairMs, (one) => one.hasPair || one.state === 'connected')))
      return { kind: 'nothing', ...(await heardByServer(ports, session, opened.streamId)) }
    if (!(await peerIs(clock, peer, limits.keysMs, ({ state }) => state === 'connected'))) return { kind: 'no-keys' }
    const stream = { peer, streamId: opened.streamId }
    const reached = await hearEcho(ports, session, stream, limits.echoMs, startedMs)
    if (reached.kind === 'echo' && options.keep) {
      isKept = true
      options.keep(stream)
    }
    return reached
  } catch (error) {
    return { kind: 'browser', reason: error instanceof Error ? error.message : String(error) }
  } finally {
    if (peer) options.look?.(peer)
    if (!isKept) {
      peer?.close()
      if (streamId !== undefined) http.endStream(session, streamId)
    }
  }
}

async function hearEcho(
  { clock, http }: VerifyPorts,
  session: CheckSession,
  { peer, streamId }: OpenStream,
  limitMs: number,
  startedMs: number,
): Promise<Reached> {
  const untilMs = clock.monotonicMs() + limitMs
  let isDown = false
  let isUp = false
  while (clock.monotonicMs() < untilMs) {
    const counters = readCounters(await peer.stats())
    isDown ||= (counters?.received ?? 0) >= leastPackets
    // The server is asked only when we have heard it, and at the very end.
    if (isDown || untilMs - clock.monotonicMs() <= 2 * lookEveryMs) {
      const figures = await http.readStream(session, streamId)
      isUp ||= !isRefused(figures) && figures.packets >= leastPackets
    }
    if (isDown && isUp)
      return {
        kind: 'echo',
        tookMs: clock.monotonicMs() - startedMs,
        ...(counters?.roundTripMs === undefined ? {} : { roundTripMs: counters.roundTripMs }),
        ...(counters?.pair === undefined ? {} : { pair: counters.pair }),
      }
    await pause(clock, isDown ? 2 * lookEveryMs : lookEveryMs)
  }
  return { kind: 'one-way', lacks: isDown ? 'up' : isUp ? 'down' : 'both' }
}

async function heardByServer(
  { http }: VerifyPorts,
  session: CheckSession,
  streamId: string,
): Promise<{ serverHeard?: boolean }> {
  const figures = await http.readStream(session, streamId)
  return isRefused(figures) ? {} : { serverHeard: figures.heard }
}
