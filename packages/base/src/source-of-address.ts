/**
 * What counts as one source of requests: an IPv4 address, also one that a socket for both families shows mapped, or the /64 of an
 * IPv6 address, within which one subscriber can change at will.
 * @param address an IP literal
 * @example sourceOfAddress('2001:db8:1:2:3::4') // '2001:db8:1:2::/64'
 */
export function sourceOfAddress(address: string): string {
  if (!address.includes(':')) return address
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

/** Whether an address is the machine's own. */
export const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.')
