import { isIP, isIPv4, isIPv6 } from 'node:net'

/**
 * An address as flows carry it: an IPv4 address that a socket for both families reports as `::ffff:1.2.3.4` is `1.2.3.4`.
 * @example plainAddress('::ffff:127.0.0.1') // '127.0.0.1'
 */
export function plainAddress(address: string): string {
  if (address.length > 7 && (address.startsWith('::ffff:') || address.startsWith('::FFFF:'))) {
    const rest = address.slice(7)
    if (isIPv4(rest)) return rest
  }
  return address
}

/** 4 or 6; 0 when it is no IP literal. */
export function familyOf(address: string): 0 | 4 | 6 {
  return isIP(address) as 0 | 4 | 6
}

export const isWildcard = (address: string): boolean => address === '0.0.0.0' || address === '::'

export const isLoopback = (address: string): boolean => address.startsWith('127.') || address === '::1'

/**
 * What counts as one source when connections are limited: an IPv4 address, or the /64 of an IPv6 address, which one
 * subscriber can change within at will.
 * @example sourceOf('2001:db8:1:2:3::4') // '2001:db8:1:2::/64'
 */
export function sourceOf(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.split('%', 1)[0]!.split('::')
  const first = head === '' ? [] : head.split(':')
  if (tail !== undefined) {
    const last = tail === '' ? 0 : tail.split(':').length + (tail.includes('.') ? 1 : 0)
    while (first.length + last < 8) first.push('0')
  }
  return `${first.slice(0, 4).join(':')}::/64`
}
