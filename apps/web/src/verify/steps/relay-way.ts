import type { CheckSession } from '../check-session.ts'
import type { PeerOptions, VerifyPorts } from '../ports.ts'
import { readCandidate } from './candidate.ts'
import { type OpenStream, reachPort, type Reached } from './reach-port.ts'

/** How a browser reaches the relay. */
export const relayWays = ['udp', 'tcp', 'tls'] as const
export type RelayWay = (typeof relayWays)[number]

/** What became of one way to the relay. */
export interface RelayOutcome {
  readonly reached: Reached
  /** The relay gave an address to relay from. */
  readonly isAllocated: boolean
  /** What the relay itself answered instead: a STUN error code. */
  readonly errorCode?: number
}

/** Which way a TURN address stands for (RFC 7065). */
export function wayOf(url: string): RelayWay | undefined {
  const isSecure = /^turns:/i.test(url)
  if (!isSecure && !/^turn:/i.test(url)) return undefined
  const transport = /[?&]transport=(\w+)/i.exec(url)?.[1]?.toLowerCase()
  if (isSecure) return transport === 'udp' ? undefined : 'tls'
  return transport === 'tcp' ? 'tcp' : 'udp'
}

/** The port that a TURN address names, or the default of its scheme. */
export const relayPort = (url: string): number =>
  Number(/:(\d+)(?:\?|$)/.exec(url)?.[1] ?? (/^turns:/i.test(url) ? 5349 : 3478))

/** `icecandidateerror` of a server that could not be reached, in Chromium and Firefox. */
const unreachable = 701

/** Options of a connection by the relay alone, reached in one way alone; undefined where the server offers none such. */
export function relayOptions({ turn }: CheckSession, way: RelayWay): PeerOptions | undefined {
  const url = turn.urls.find((one) => wayOf(one) === way)
  return url === undefined ? undefined : { iceServers: [{ ...turn, urls: [url] }], relayOnly: true }
}

/** Sound by the relay alone, reached in one way alone; undefined where the server offers none such. */
export async function relayWay(
  ports: VerifyPorts,
  session: CheckSession,
  way: RelayWay,
  keep?: (stream: OpenStream) => void,
): Promise<RelayOutcome | undefined> {
  const peer = relayOptions(session, way)
  if (!peer) return undefined
  let isAllocated = false
  let errorCode: number | undefined
  const reached = await reachPort(ports, session, {
    port: 'shared',
    peer,
    look: ({ candidates, candidateErrors }) => {
      isAllocated = candidates.some((line) => readCandidate(line)?.kind === 'relay')
      errorCode = candidateErrors.find(({ code }) => code !== unreachable && code >= 300)?.code
    },
    ...(keep ? { keep } : {}),
  })
  return { reached, isAllocated, ...(errorCode === undefined ? {} : { errorCode }) }
}
