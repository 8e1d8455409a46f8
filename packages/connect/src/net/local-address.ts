import { createSocket } from 'node:dgram'
import type { Clock } from '@vaxel/base'
import { familyOf, isWildcard } from './ip-address.ts'

const keptMs = 60_000
const kept = 16_384

/**
 * The local address that routes to a peer: a UDP socket is connected there (nothing is sent) and asked for its own address.
 * The answer is kept for a minute, since routes change, and for {@link kept} peers at most.
 */
export class LocalAddresses {
  readonly #clock: Clock
  readonly #probe: (remote: string) => string | undefined
  readonly #known = new Map<string, { address: string | undefined; untilMs: number }>()

  constructor(clock: Clock, probe: (remote: string) => string | undefined = routedAddress) {
    this.#clock = clock
    this.#probe = probe
  }

  /** Undefined when nothing routes there, or `remote` is no IP literal. */
  towards(remote: string): string | undefined {
    const now = this.#clock.monotonicMs()
    const found = this.#known.get(remote)
    if (found !== undefined && found.untilMs > now) return found.address
    const address = this.#probe(remote)
    this.#known.delete(remote)
    if (this.#known.size >= kept) this.#known.delete(this.#known.keys().next().value!)
    this.#known.set(remote, { address, untilMs: now + keptMs })
    return address
  }
}

/** Connects without leaving this turn of the event loop: with an address instead of a name, nothing has to be waited for. */
function routedAddress(remote: string): string | undefined {
  const family = familyOf(remote)
  if (family === 0) return undefined
  const socket = createSocket({
    type: family === 4 ? 'udp4' : 'udp6',
    lookup: (host, _options, callback) => callback(null, host, family),
  })
  socket.on('error', () => {})
  try {
    socket.connect(9, remote)
    const { address } = socket.address()
    return isWildcard(address) ? undefined : address
  } catch {
    return undefined
  } finally {
    socket.close()
  }
}
