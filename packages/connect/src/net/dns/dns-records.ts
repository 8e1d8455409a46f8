/** RFC 3403 §4.1, as far as SIP uses it. */
export interface NaptrRecord {
  readonly order: number
  readonly preference: number
  readonly flags: string
  readonly service: string
  readonly regexp: string
  readonly replacement: string
}

/** RFC 2782. */
export interface SrvRecord {
  readonly priority: number
  readonly weight: number
  readonly port: number
  readonly name: string
}

/**
 * What a question brought. `none`: the name or the type surely does not exist. `failed`: nobody answered soundly, so nothing is known.
 */
export type DnsAnswer<Entry> =
  | { readonly kind: 'found'; readonly records: readonly Entry[]; readonly ttlSeconds: number }
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly reason: string }

/** The questions that RFC 3263 asks. Never rejects. */
export interface DnsQueries {
  naptr(name: string): Promise<DnsAnswer<NaptrRecord>>
  srv(name: string): Promise<DnsAnswer<SrvRecord>>
  /** IPv4 addresses. */
  a(name: string): Promise<DnsAnswer<string>>
  /** IPv6 addresses. */
  aaaa(name: string): Promise<DnsAnswer<string>>
}
