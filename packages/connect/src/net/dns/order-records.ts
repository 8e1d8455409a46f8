import type { NaptrRecord, SrvRecord } from './dns-records.ts'

/** A number in [0, 1). */
export type RandomFraction = () => number

/**
 * SRV records in the order to try them: lower priority first; within one, each next one is drawn with a chance in proportion
 * to its weight, those without weight having next to none (RFC 2782). A lone target `.` says that there is no such service: none.
 */
export function orderSrv(records: readonly SrvRecord[], random: RandomFraction): readonly SrvRecord[] {
  const priorities = [...new Set(records.map(({ priority }) => priority))].sort((a, b) => a - b)
  return priorities
    .flatMap((priority) =>
      drawByWeight(
        records.filter((record) => record.priority === priority),
        random,
      ),
    )
    .filter(({ name, port }) => name !== '' && name !== '.' && port > 0)
}

function drawByWeight(records: readonly SrvRecord[], random: RandomFraction): SrvRecord[] {
  const left = [...records].sort((a, b) => Math.sign(a.weight) - Math.sign(b.weight))
  const drawn: SrvRecord[] = []
  while (left.length > 0) {
    const sum = left.reduce((total, { weight }) => total + weight, 0)
    const mark = Math.floor(random() * (sum + 1))
    let running = 0
    const index = left.findIndex(({ weight }) => (running += weight) >= mark)
    drawn.push(...left.splice(Math.max(0, index), 1))
  }
  return drawn
}

/** The NAPTR services that we can speak (RFC 3263 §4.1). */
const services = new Map<string, 'udp' | 'tcp' | 'tls'>([
  ['SIP+D2U', 'udp'],
  ['SIP+D2T', 'tcp'],
  ['SIPS+D2T', 'tls'],
])

export interface ServiceChoice {
  readonly protocol: 'udp' | 'tcp' | 'tls'
  /** Name of its SRV records. */
  readonly name: string
}

/**
 * The usable services of a domain in the domain's own order of preference (RFC 3403 §4.1: order, then preference).
 * Records with another flag than `s`, with a regular expression, or of a service that we do not speak are left out;
 * with `secureOnly` all but TLS are.
 */
export function orderNaptr(records: readonly NaptrRecord[], secureOnly: boolean): readonly ServiceChoice[] {
  return [...records]
    .sort((a, b) => a.order - b.order || a.preference - b.preference)
    .flatMap(({ flags, service, regexp, replacement }) => {
      const protocol = services.get(service.toUpperCase())
      if (protocol === undefined || flags.toLowerCase() !== 's' || regexp !== '' || replacement === '') return []
      return secureOnly && protocol !== 'tls' ? [] : [{ protocol, name: replacement }]
    })
}

/**
 * Addresses of both families, turn about, IPv6 first, so that a family that does not work costs one attempt only (RFC 8305 §4).
 * @example interleave(['::1', '::2'], ['127.0.0.1']) // ['::1', '127.0.0.1', '::2']
 */
export function interleave(first: readonly string[], second: readonly string[]): readonly string[] {
  const mixed: string[] = []
  for (let i = 0; i < Math.max(first.length, second.length); i++) {
    if (first[i] !== undefined) mixed.push(first[i]!)
    if (second[i] !== undefined) mixed.push(second[i]!)
  }
  return mixed
}
