import { Resolver } from 'node:dns/promises'
import type { Clock } from '@vaxel/base'
import type { DnsAnswer, DnsQueries, NaptrRecord, SrvRecord } from './dns-records.ts'
import { HostsFile, systemHostsPath } from './hosts-file.ts'

/** The resolver of Node does not tell the TTL of NAPTR and SRV records; a minute is what operators of failover publish. */
const assumedTtlSeconds = 60
const hostsTtlSeconds = 10
/** While questions fail, the system's list of servers is read again as often. */
const serversKeptMs = 10_000
const none = new Set(['ENOTFOUND', 'ENODATA', 'EBADNAME'])

export interface NodeDnsOptions {
  /** `address` or `address:port` each; the system's own when absent, and then its table of hosts before them. */
  readonly servers?: readonly string[]
  readonly timeoutMs: number
  readonly clock: Clock
}

/** DNS by Node's resolver: the only file that touches `node:dns`. */
export function nodeDns({ servers, timeoutMs, clock }: NodeDnsOptions): DnsQueries & { close(): void } {
  const make = (): Resolver => new Resolver({ timeout: timeoutMs, tries: 2 })
  let resolver = make()
  let madeAtMs = clock.monotonicMs()
  if (servers !== undefined) resolver.setServers([...servers])
  /** The system's servers may be others than when we asked for them last: a network came up late, or changed. */
  const failed = (): void => {
    if (servers !== undefined || clock.monotonicMs() - madeAtMs < serversKeptMs) return
    resolver = make()
    madeAtMs = clock.monotonicMs()
  }
  const hosts = servers === undefined ? new HostsFile(systemHostsPath, clock) : undefined
  const addresses = async (name: string, family: 4 | 6): Promise<DnsAnswer<string>> => {
    const known = await hosts?.find(name)
    if (known !== undefined) return hostAnswer(known[family])
    return ask(failed, async () => {
      const found = await (family === 4
        ? resolver.resolve4(name, { ttl: true })
        : resolver.resolve6(name, { ttl: true }))
      const ttlSeconds = found.reduce((least, { ttl }) => Math.min(least, ttl), 86_400)
      return { records: found.map(({ address }) => address), ttlSeconds }
    })
  }
  return {
    naptr: (name) =>
      ask<NaptrRecord>(failed, async () => ({
        records: await resolver.resolveNaptr(name),
        ttlSeconds: assumedTtlSeconds,
      })),
    srv: (name) =>
      ask<SrvRecord>(failed, async () => ({ records: await resolver.resolveSrv(name), ttlSeconds: assumedTtlSeconds })),
    a: (name) => addresses(name, 4),
    aaaa: (name) => addresses(name, 6),
    close: () => resolver.cancel(),
  }
}

async function ask<Entry>(
  failed: () => void,
  query: () => Promise<{ records: readonly Entry[]; ttlSeconds: number }>,
): Promise<DnsAnswer<Entry>> {
  try {
    const { records, ttlSeconds } = await query()
    return records.length === 0 ? { kind: 'none' } : { kind: 'found', records, ttlSeconds }
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    if (none.has(code)) return { kind: 'none' }
    failed()
    return { kind: 'failed', reason: code }
  }
}

const hostAnswer = (records: readonly string[]): DnsAnswer<string> =>
  records.length === 0 ? { kind: 'none' } : { kind: 'found', records, ttlSeconds: hostsTtlSeconds }
