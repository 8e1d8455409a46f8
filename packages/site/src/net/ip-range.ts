/** Addresses of one family from `first` to `last`, both included, as numbers. */
export interface IpRange {
  readonly family: 4 | 6
  readonly first: bigint
  readonly last: bigint
}

const bits = { 4: 32, 6: 128 } as const

/** Reads an address, `address/prefix` (RFC 4632, RFC 4291 §2.3; host bits are cleared) or `first-last`, where `last` of IPv4 may be only its last number; undefined for anything else. */
export function readIpRange(text: string): IpRange | undefined {
  const dash = text.indexOf('-')
  if (dash > 0) {
    const start = text.slice(0, dash)
    const end = text.slice(dash + 1)
    const first = readIp(start)
    const last = readIp(/^\d{1,3}$/.test(end) ? start.replace(/\d+$/, end) : end)
    if (!first || !last || first.family !== last.family || last.value < first.value) return undefined
    return { family: first.family, first: first.value, last: last.value }
  }
  const slash = text.indexOf('/')
  const ip = readIp(slash < 0 ? text : text.slice(0, slash))
  if (!ip) return undefined
  if (slash < 0) return { family: ip.family, first: ip.value, last: ip.value }
  const prefix = text.slice(slash + 1)
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > bits[ip.family]) return undefined
  const host = (1n << BigInt(bits[ip.family] - Number(prefix))) - 1n
  const first = ip.value & ~host
  return { family: ip.family, first, last: first | host }
}

/** One address as a number; undefined for what is none. */
export function readIp(text: string): { readonly family: 4 | 6; readonly value: bigint } | undefined {
  if (!text.includes(':')) {
    const value = readV4(text)
    return value === undefined ? undefined : { family: 4, value }
  }
  const value = readV6(text)
  return value === undefined ? undefined : { family: 6, value }
}

function readV4(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4) return undefined
  let value = 0n
  for (const part of parts) {
    // A leading zero means octal to some and decimal to others.
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined
    value = (value << 8n) | BigInt(part)
  }
  return value
}

function readV6(text: string): bigint | undefined {
  if (text.length > 45) return undefined
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const groups = halves.map(readGroups)
  const [head, tail] = groups
  if (!head || (halves.length === 2 && !tail)) return undefined
  const missing = 8 - head.length - (tail?.length ?? 0)
  if (tail ? missing < 1 : missing !== 0) return undefined
  let value = 0n
  for (const group of [...head, ...Array<number>(missing).fill(0), ...(tail ?? [])])
    value = (value << 16n) | BigInt(group)
  return value
}

function readGroups(text: string): number[] | undefined {
  if (text === '') return []
  const groups: number[] = []
  const parts = text.split(':')
  for (const [index, part] of parts.entries()) {
    if (part.includes('.') && index === parts.length - 1) {
      const v4 = readV4(part)
      if (v4 === undefined) return undefined
      groups.push(Number(v4 >> 16n), Number(v4 & 0xffffn))
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16))
    else return undefined
  }
  return groups
}

/** Whether one holds all of the other. */
export const holdsRange = (outer: IpRange, inner: IpRange): boolean =>
  outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last

/** An address as people write it (RFC 5952 for IPv6). */
export function writeIp(family: 4 | 6, value: bigint): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.')
  const groups = Array.from({ length: 8 }, (_, index) => Number((value >> BigInt(112 - 16 * index)) & 0xffffn))
  let best = { at: -1, length: 1 }
  for (let at = 0; at < 8; ) {
    let length = 0
    while (at + length < 8 && groups[at + length] === 0) length += 1
    if (length > best.length) best = { at, length }
    at += length || 1
  }
  const hex = (from: number, to: number): string =>
    groups
      .slice(from, to)
      .map((group) => group.toString(16))
      .join(':')
  return best.at < 0 ? hex(0, 8) : `${hex(0, best.at)}::${hex(best.at + best.length, 8)}`
}

/** A range as the fewest CIDR networks, rising. */
export function toNetworks({ family, first, last }: IpRange): readonly string[] {
  const networks: string[] = []
  const width = bits[family]
  for (let from = first; from <= last; ) {
    let host = 0
    while (host < width) {
      const size = 1n << BigInt(host + 1)
      if (from % size !== 0n || from + size - 1n > last) break
      host += 1
    }
    networks.push(`${writeIp(family, from)}/${width - host}`)
    from += 1n << BigInt(host)
  }
  return networks
}
