import type { DnsAnswer, DnsQueries, NaptrRecord, SrvRecord } from './dns-records.ts'

/** A zone as tests write it: each value is the records of one question, or `dead` when nobody answers it. */
export interface Zone {
  readonly naptr?: Readonly<Record<string, readonly string[] | 'dead'>>
  readonly srv?: Readonly<Record<string, readonly string[] | 'dead'>>
  readonly a?: Readonly<Record<string, readonly string[] | 'dead'>>
  readonly aaaa?: Readonly<Record<string, readonly string[] | 'dead'>>
}

/** DNS in memory. Records are written as in a zone file: `10 50 s SIP+D2U _sip._udp.example.org`, `1 0 5060 host.example.org`. For tests alone. */
export class FakeDns implements DnsQueries {
  zone: Zone
  readonly asked: string[] = []
  ttlSeconds = 300

  constructor(zone: Zone) {
    this.zone = zone
  }

  naptr = (name: string): Promise<DnsAnswer<NaptrRecord>> =>
    this.#answer('naptr', name, (text) => {
      const [order, preference, flags, service, replacement] = text.split(' ')
      return {
        order: Number(order),
        preference: Number(preference),
        flags: flags!,
        service: service!,
        regexp: '',
        replacement: replacement!,
      }
    })

  srv = (name: string): Promise<DnsAnswer<SrvRecord>> =>
    this.#answer('srv', name, (text) => {
      const [priority, weight, port, host] = text.split(' ')
      return { priority: Number(priority), weight: Number(weight), port: Number(port), name: host! }
    })

  a = (name: string): Promise<DnsAnswer<string>> => this.#answer('a', name, (text) => text)
  aaaa = (name: string): Promise<DnsAnswer<string>> => this.#answer('aaaa', name, (text) => text)

  async #answer<Entry>(type: keyof Zone, name: string, read: (text: string) => Entry): Promise<DnsAnswer<Entry>> {
    this.asked.push(`${type} ${name}`)
    const found = this.zone[type]?.[name]
    if (found === 'dead') return { kind: 'failed', reason: 'ETIMEOUT' }
    return found === undefined
      ? { kind: 'none' }
      : { kind: 'found', records: found.map(read), ttlSeconds: this.ttlSeconds }
  }
}
