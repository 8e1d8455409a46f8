import { isIPv6 } from 'node:net'

/**
 * What counts as one source of requests: an IPv4 address, or the /64 of an IPv6 address, within which one subscriber can
 * change at will.
 * @example sourceOf('2001:db8:1:2:3::4') // '2001:db8:1:2::/64'
 */
export function sourceOf(address: string): string {
  if (!address.includes(':') || !isIPv6(address)) return address
  const [head = '', tail] = address.split('%', 1)[0]!.split('::')
  if (head === '' && tail?.includes('.')) return tail.slice(tail.lastIndexOf(':') + 1)
  const first = head === '' ? [] : head.split(':')
  if (tail !== undefined) {
    const last = tail === '' ? 0 : tail.split(':').length + (tail.includes('.') ? 1 : 0)
    while (first.length + last < 8) first.push('0')
    first.push(...tail.split(':'))
  }
  const network = first.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16))
  return `${network.join(':')}::/64`
}

export const isLoopback = (address: string): boolean => address.startsWith('127.') || address === '::1'
