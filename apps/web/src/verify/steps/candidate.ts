import type { ChosenPair } from './statistics.ts'

/** A candidate of ours as the browser writes it (RFC 8839 §5.1). */
export interface LocalCandidate {
  readonly transport: string
  readonly address: string
  readonly port: number
  readonly kind: string
  readonly relatedPort?: number
}

/** Reads one line; undefined for what is none. */
export function readCandidate(line: string): LocalCandidate | undefined {
  const match = /^(?:a=)?candidate:\S+ \d+ (\S+) \d+ (\S+) (\d+) typ (\S+)(?: raddr \S+ rport (\d+))?/i.exec(line)
  if (!match) return undefined
  const [, transport, address, port, kind, related] = match
  return {
    transport: transport!.toLowerCase(),
    address: address!,
    port: Number(port),
    kind: kind!,
    ...(related === undefined ? {} : { relatedPort: Number(related) }),
  }
}

/**
 * How the translator maps, as far as a browser can tell.
 * `none`: the address is ours. `same`: every server saw the same port. `per-target`: another port for another server.
 * `unknown`: fewer than two answered. `no-answer`: none did.
 */
export interface Mapping {
  readonly kind: 'none' | 'same' | 'per-target' | 'unknown' | 'no-answer'
  /** Address in the internet, as STUN servers saw it. */
  readonly address?: string
}

/**
 * @param servers how many STUN servers were asked, less those that the browser could not reach
 * @param pair in use to the service, whose answers to the connectivity checks say what it saw of the same socket
 */
export function readMapping(lines: readonly string[], servers: number, pair?: ChosenPair): Mapping {
  // The service saw the very address that this PC has.
  const seen = lines
    .map(readCandidate)
    .filter((one): one is LocalCandidate => one?.kind === 'srflx' && one.transport === 'udp')
  const [first] = seen
  // The service saw the very address that this PC has.
  if (pair?.kind === 'host') return { kind: 'none', ...(first ? { address: first.address } : {}) }
  if (!first) return { kind: 'no-answer' }
  const byRelated = new Map<number, Set<number>>()
  for (const { relatedPort = 0, port } of seen)
    byRelated.set(relatedPort, (byRelated.get(relatedPort) ?? new Set()).add(port))
  // Browsers that hide related ports write 0 for all; then several interfaces would look like several mappings.
  const isPerTarget = [...byRelated].some(([related, ports]) => related !== 0 && ports.size > 1)
  if (isPerTarget) return { kind: 'per-target', address: first.address }
  const { address } = first
  const mappedPort = pair?.mappedPort
  if (mappedPort !== undefined)
    return { kind: seen.some(({ port }) => port === mappedPort) ? 'same' : 'per-target', address }
  return { kind: servers >= 2 ? 'same' : 'unknown', address }
}
