import type { ResolvedTarget, Uri } from '@vaxel/sip'
import { familyOf } from '../ip-address.ts'
import type { DnsQueries } from './dns-records.ts'
import { interleave, orderNaptr, orderSrv, type RandomFraction, type ServiceChoice } from './order-records.ts'

type StreamOrDatagram = 'udp' | 'tcp' | 'tls'

/** What a domain's records can make us ask and try at most. */
const most = { services: 4, hosts: 8, targets: 16 } as const
const defaultPort = (protocol: StreamOrDatagram): number => (protocol === 'tls' ? 5061 : 5060)
const srvPrefix = { udp: '_sip._udp.', tcp: '_sip._tcp.', tls: '_sips._tcp.' } as const

export interface ResolveOptions {
  readonly dns: DnsQueries
  readonly random: RandomFraction
}

/**
 * Where to send a request for a URI (RFC 3263 §4): protocol, address and port, in the order to try them. Empty when nothing
 * resolves, for schemes other than sip and sips, and for WebSocket, whose flows only browsers open. TLS verifies the URI's own
 * host, never a name that DNS answered (RFC 5922 §7.2).
 */
export async function resolveTarget(uri: Uri, options: ResolveOptions): Promise<readonly ResolvedTarget[]> {
  if ((uri.scheme !== 'sip' && uri.scheme !== 'sips') || uri.host === '') return []
  const isSecure = uri.scheme === 'sips'
  const host = bareHost(uri.parameters.get('maddr') ?? uri.host)
  const asked = askedProtocol(uri.parameters.get('transport'), isSecure)
  if (asked === 'unusable') return []
  const plain = asked ?? (isSecure ? 'tls' : 'udp')
  const lookup = new Lookup(host, bareHost(uri.host), options)
  if (familyOf(host) !== 0) return [lookup.target(plain, host, uri.port ?? defaultPort(plain))]
  if (uri.port !== undefined) return lookup.host(plain, host, uri.port)
  // All ways are asked at the same time and used in order, so that a domain without records, or a dead server, costs one wait.
  const byHost = lookup.host(plain, host, defaultPort(plain))
  const found = await (asked === undefined ? lookup.byServices(isSecure) : lookup.bySrv(asked, srvPrefix[asked] + host))
  return found ?? byHost
}

const bareHost = (host: string): string => host.replace(/^\[|\]$/g, '').replace(/\.$/, '')

/** The protocol that a URI insists on; undefined when it leaves the choice, `unusable` when we cannot open it. */
function askedProtocol(transport: string | undefined, isSecure: boolean): StreamOrDatagram | undefined | 'unusable' {
  switch (transport?.toLowerCase()) {
    case undefined:
      return undefined
    case 'udp':
      return isSecure ? 'unusable' : 'udp'
    case 'tcp':
      return isSecure ? 'tls' : 'tcp'
    case 'tls':
      return 'tls'
    default:
      return 'unusable'
  }
}

/** One resolution; its answers are undefined where there are no such records, so that the next way is tried. */
class Lookup {
  readonly #domain: string
  readonly #serverName: string
  readonly #options: ResolveOptions

  constructor(domain: string, serverName: string, options: ResolveOptions) {
    this.#domain = domain
    this.#serverName = serverName
    this.#options = options
  }

  /** NAPTR; where a domain has none, its SRV records of every protocol that we speak (RFC 3263 §4.1). */
  async byServices(isSecure: boolean): Promise<readonly ResolvedTarget[] | undefined> {
    const protocols: readonly StreamOrDatagram[] = isSecure ? ['tls'] : ['udp', 'tcp', 'tls']
    const direct = this.#bySrvOf(protocols.map((protocol) => ({ protocol, name: srvPrefix[protocol] + this.#domain })))
    const naptr = await this.#options.dns.naptr(this.#domain)
    const chosen = naptr.kind === 'found' ? orderNaptr(naptr.records, isSecure).slice(0, most.services) : []
    return (chosen.length > 0 ? await this.#bySrvOf(chosen) : undefined) ?? direct
  }

  async bySrv(protocol: StreamOrDatagram, name: string): Promise<readonly ResolvedTarget[] | undefined> {
    const answer = await this.#options.dns.srv(name)
    if (answer.kind !== 'found') return undefined
    const hosts = orderSrv(answer.records, this.#options.random).slice(0, most.hosts)
    const targets = await Promise.all(hosts.map(({ name: host, port }) => this.host(protocol, host, port)))
    return targets.flat().slice(0, most.targets)
  }

  async host(protocol: StreamOrDatagram, host: string, port: number): Promise<readonly ResolvedTarget[]> {
    const addresses = await this.#addresses(host.toLowerCase())
    return addresses.slice(0, most.targets).map((address) => this.target(protocol, address, port))
  }

  async #bySrvOf(choices: readonly ServiceChoice[]): Promise<readonly ResolvedTarget[] | undefined> {
    const answers = await Promise.all(choices.map(({ protocol, name }) => this.bySrv(protocol, name)))
    const found = answers.filter((answer) => answer !== undefined)
    return found.length === 0 ? undefined : found.flat().slice(0, most.targets)
  }

  async #addresses(host: string): Promise<readonly string[]> {
    if (familyOf(host) !== 0) return [host]
    if (host === 'localhost' || host.endsWith('.localhost')) return ['127.0.0.1', '::1']
    const [a, aaaa] = await Promise.all([this.#options.dns.a(host), this.#options.dns.aaaa(host)])
    return interleave(aaaa.kind === 'found' ? aaaa.records : [], a.kind === 'found' ? a.records : [])
  }

  target(protocol: StreamOrDatagram, address: string, port: number): ResolvedTarget {
    return protocol === 'tls' ? { protocol, address, port, serverName: this.#serverName } : { protocol, address, port }
  }
}
