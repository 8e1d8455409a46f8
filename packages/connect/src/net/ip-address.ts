import { isIP, isIPv4 } from 'node:net'

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
