import { isIPv6 } from 'node:net'
import type { Endpoint } from './datagram-socket.ts'
import { type EchoAccess, EchoWay } from './echo-way.ts'
import type { MarkedPlace, MarkedSocket } from './marked-way.ts'

export interface PathMtu {
  /** Largest IP packet that went there and its echo back, whole. */
  readonly mtuBytes: number
  /** A router said that a packet was too large. */
  readonly told?: { readonly mtuBytes: number; readonly by?: string }
  /** The interface of this machine carries no more. */
  readonly isLocal: boolean
}

export interface MtuQuestion {
  readonly marked: MarkedPlace
  readonly access: EchoAccess
  readonly to: Endpoint
  readonly signal: AbortSignal
}

const waitsMs: readonly number[] = [250, 400, 600]
/** What every path must carry (RFC 791, RFC 8200), and what Ethernet does. */
const leastMtu = { 4: 576, 6: 1280 } as const
const mostMtu = 1500

export const headerBytes = (address: string): number => (isIPv6(address) ? 48 : 28)

/**
 * The path MTU by packets that must not be cut (RFC 8899, without trusting ICMP): the largest that comes back, by halving.
 * `cannot`: not on this machine; `silent`: not even the smallest came back.
 */
export async function findPathMtu(question: MtuQuestion): Promise<PathMtu | 'cannot' | 'silent'> {
  const { marked, access, to, signal } = question
  const socket = marked.open(to)
  if (!socket) return 'cannot'
  try {
    if (!socket.forbidFragments()) return 'cannot'
    const way = new EchoWay({ clock: marked.clock, socket, access, to, signal })
    if (!(await way.open())) return 'silent'
    return await search(way, socket, headerBytes(to.address), isIPv6(to.address) ? 6 : 4)
  } finally {
    socket.close()
  }
}

async function search(way: EchoWay, socket: MarkedSocket, header: number, family: 4 | 6): Promise<PathMtu | 'silent'> {
  let told: PathMtu['told']
  let localMtu: number | undefined
  const passes = async (mtuBytes: number): Promise<boolean> => {
    const answer = await way.probe(mtuBytes - header, waitsMs)
    for (const error of socket.takeErrors()) {
      if (error.code !== 'EMSGSIZE' || error.mtuBytes === undefined) continue
      if (error.origin === 'local') localMtu = error.mtuBytes
      else told = { mtuBytes: error.mtuBytes, ...(error.by && { by: error.by }) }
    }
    return answer !== undefined
  }
  const found = async (mtuBytes: number): Promise<PathMtu> => ({
    mtuBytes,
    isLocal: localMtu === mtuBytes,
    ...(told && { told }),
  })
  if (await passes(mostMtu)) return found(mostMtu)
  // What was said is a hint to begin with, and not believed: it saves the search on paths that are right.
  let [low, high] = [leastMtu[family] as number, mostMtu]
  const hint = told?.mtuBytes ?? localMtu
  if (hint !== undefined && hint > low && hint < high) {
    if (await passes(hint)) low = hint
    else high = hint
    if (low === hint && !(await passes(Math.min(hint + 8, high - 1)))) return found(hint)
  }
  if (low === leastMtu[family] && !(await passes(low))) return 'silent'
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (await passes(middle)) low = middle
    else high = middle
  }
  return found(low)
}
