import { isIP, type LookupFunction } from 'node:net'
import type { Clock } from '@vaxel/base'
import { DnsCache } from '../net/dns/dns-cache.ts'
import type { DnsQueries } from '../net/dns/dns-records.ts'
import { nodeDns } from '../net/dns/node-dns.ts'
import { InnerAddresses } from './inner-addresses.ts'

/** An address that a name leads to. */
export interface GuardedAddress {
  readonly address: string
  readonly family: 4 | 6
}

/** A name leads to addresses that may not be turned to, and to no others. */
export class InnerAddressError extends Error {}
/** A name that DNS does not know. */
export class UnknownNameError extends Error {}

/**
 * Where names of servers lead that companies have named: only to the internet, and to inner networks that the operator allows
 * (docs/decisions/0104). DNS is asked without the system's own threads: one that does not answer must not keep files from being read.
 */
export class GuardedNames {
  readonly #inner: InnerAddresses
  readonly #dns: Pick<DnsQueries, 'a' | 'aaaa'>
  readonly #close: () => void

  /** @param options `allowedNetworks`: inner networks and addresses that may be asked all the same; `dnsServers`: the system's own if absent */
  constructor(options: {
    allowedNetworks: readonly string[]
    clock: Clock
    dnsServers?: readonly string[] | undefined
  }) {
    const { allowedNetworks, clock, dnsServers } = options
    this.#inner = new InnerAddresses(allowedNetworks)
    const source = nodeDns({ clock, timeoutMs: 1000, ...(dnsServers === undefined ? {} : { servers: dnsServers }) })
    this.#dns = new DnsCache({ clock, source })
    this.#close = () => source.close()
  }

  /**
   * The addresses of a name or an IP literal that may be turned to, at least one. Throws {@link InnerAddressError} when there are others only,
   * {@link UnknownNameError} when there are none.
   * @param host without the brackets of IPv6
   */
  async addressesOf(host: string): Promise<readonly GuardedAddress[]> {
    const family = isIP(host)
    if (family !== 0) return this.#allowed([{ address: host, family: family === 6 ? 6 : 4 }])
    const [four, six] = await Promise.all([this.#dns.a(host), this.#dns.aaaa(host)])
    return this.#allowed([
      ...(four.kind === 'found' ? four.records.map((address) => ({ address, family: 4 as const })) : []),
      ...(six.kind === 'found' ? six.records.map((address) => ({ address, family: 6 as const })) : []),
    ])
  }

  /** Whether an address is within networks of our own, which the operator has allowed. */
  isInner(address: string): boolean {
    return this.#inner.isInner(address)
  }

  close(): void {
    this.#close()
  }

  #allowed(found: readonly GuardedAddress[]): readonly GuardedAddress[] {
    const allowed = found.filter(({ address }) => !this.#inner.isRefused(address))
    if (found.length === 0) throw new UnknownNameError('the name is not known')
    if (allowed.length === 0)
      throw new InnerAddressError('the address is not on the internet, and the operator has not allowed its network')
    return allowed
  }
}

/** A connection goes to these addresses and no others. */
export const lookupIn =
  (found: readonly GuardedAddress[]): LookupFunction =>
  (_, options, callback) => {
    const [first] = found
    queueMicrotask(() => {
      if (!first) callback(new Error('the name is not known'), '')
      else if (options.all) callback(null, [...found])
      else callback(null, first.address, first.family)
    })
  }
