import { Resolver } from 'node:dns/promises'

export type DnsRecordType = 'A' | 'AAAA' | 'SRV' | 'TXT' | 'MX' | 'CNAME'

/**
 * What one resolver said. `no-name`: NXDOMAIN. `no-record`: the name is there, without such a record. `silent`: no answer in
 * time. `failed`: SERVFAIL, a broken delegation or DNSSEC. `refused`: it does not answer to us. `nonsense`: no DNS at all.
 */
export type DnsAnswer =
  | { readonly ok: true; readonly values: readonly string[] }
  | { readonly ok: false; readonly fault: DnsFaultKind; readonly code: string }
export type DnsFaultKind = 'no-name' | 'no-record' | 'silent' | 'failed' | 'refused' | 'nonsense'

export interface DnsAsker {
  /** Resolvers of this machine, as the system has them: `192.0.2.53`, `[2001:db8::53]:53`. */
  readonly servers: readonly string[]
  ask(server: string, name: string, type: DnsRecordType): Promise<DnsAnswer>
}

const patience = { timeout: 2000, tries: 2 }

/** @param servers instead of those of the system */
export function machineDns(servers?: readonly string[]): DnsAsker {
  const own = servers ?? new Resolver().getServers()
  return {
    servers: own.slice(0, 6),
    ask: async (server, name, type) => {
      const resolver = new Resolver(patience)
      resolver.setServers([server])
      try {
        return { ok: true, values: valuesOf(await resolver.resolve(name, type)) }
      } catch (error) {
        const code = String((error as NodeJS.ErrnoException).code ?? 'UNKNOWN')
        return { ok: false, fault: faultOf(code), code }
      } finally {
        resolver.cancel()
      }
    },
  }
}

function valuesOf(records: unknown): readonly string[] {
  if (!Array.isArray(records)) return []
  return records.slice(0, 50).map((record: unknown) => {
    if (typeof record === 'string') return record
    if (Array.isArray(record)) return record.join('')
    const { name, port, priority, weight, exchange } = record as Record<string, string | number | undefined>
    return exchange === undefined ? `${priority} ${weight} ${port} ${name}` : `${priority} ${exchange}`
  })
}

function faultOf(code: string): DnsFaultKind {
  switch (code) {
    case 'ENOTFOUND':
      return 'no-name'
    case 'ENODATA':
      return 'no-record'
    case 'ETIMEOUT':
    case 'ECONNREFUSED':
    case 'ECANCELLED':
      return 'silent'
    case 'ESERVFAIL':
      return 'failed'
    case 'EREFUSED':
    case 'ENOTIMP':
      return 'refused'
    default:
      return 'nonsense'
  }
}
