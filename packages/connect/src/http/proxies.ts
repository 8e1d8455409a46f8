import type { IncomingMessage } from 'node:http'
import type { TLSSocket } from 'node:tls'
import { isIP } from 'node:net'
import { listOfNetworks } from './inner-addresses.ts'
import { isLoopback, plainAddress } from './is-loopback.ts'

/** Who is at the other end, behind the proxies that the operator trusts. */
interface Client {
  readonly address: string
  readonly isSecure: boolean
}

type Request = Pick<IncomingMessage, 'socket' | 'headers'>

/** Longer chains of proxies are nobody's. */
const mostHops = 20

const clients = new WeakMap<Request, Client>()

/**
 * Reverse proxies whose word is taken for whom they ask (docs/decisions/0171). Without any, the client is whoever has the connection, and a
 * proxy on this machine is believed that it came by HTTPS, and nothing else.
 */
export class Proxies {
  readonly #networks: ReturnType<typeof listOfNetworks>

  /** @param networks addresses and networks in CIDR notation, each as {@link isNetwork} takes them */
  constructor(networks: readonly string[] = []) {
    this.#networks = listOfNetworks(networks)
  }

  isTrusted(address: string | undefined): boolean {
    const plain = plainAddress(address)
    const family = isIP(plain)
    return family !== 0 && this.#networks.check(plain, family === 6 ? 'ipv6' : 'ipv4')
  }

  /** Finds out who asks, before anything else is done with a request. */
  meet(request: Request): void {
    const { socket, headers } = request
    const { remoteAddress } = socket
    const isTrusted = this.isTrusted(remoteAddress)
    const isForwardedSecurely = (isTrusted || isLoopback(remoteAddress)) && headers['x-forwarded-proto'] === 'https'
    clients.set(request, {
      address: isTrusted
        ? this.#behind(plainAddress(remoteAddress), headers['x-forwarded-for'])
        : plainAddress(remoteAddress),
      isSecure: (socket as TLSSocket).encrypted === true || isForwardedSecurely,
    })
  }

  /** From the right: each proxy has added whom it had at its own end, and what stands before an untrusted one may be made up. */
  #behind(proxy: string, forwardedFor: string | string[] | undefined): string {
    const hops = [forwardedFor ?? []].flat().join(',').split(',').slice(-mostHops).toReversed()
    let address = proxy
    for (const hop of hops) {
      const named = addressIn(hop.trim())
      if (named === undefined) break
      address = named
      if (!this.isTrusted(address)) break
    }
    return address
  }
}

/** @param hop `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1` or `[2001:db8::1]:4711` */
function addressIn(hop: string): string | undefined {
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(hop)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(hop)?.[1] ?? hop
  const plain = plainAddress(bare)
  return isIP(plain) === 0 ? undefined : plain
}

const none = new Proxies()

function clientOf(request: Request): Client {
  if (!clients.has(request)) none.meet(request)
  return clients.get(request)!
}

/** The address of whoever asks; IPv4 in its own form. */
export const clientAddress = (request: Request): string => clientOf(request).address

/** Whether the client came by HTTPS: to us, or to a proxy that says so and is trusted, or on this machine. */
export const isSecure = (request: Request): boolean => clientOf(request).isSecure
