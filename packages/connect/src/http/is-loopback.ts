/** Whether an address as Node writes it is this machine itself. */
export function isLoopback(address: string | undefined): boolean {
  if (address === undefined) return false
  const plain = address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address
  return plain === '::1' || plain.startsWith('127.')
}

/** An IP literal without the form that IPv4 takes on IPv6 sockets. */
export const plainAddress = (address: string | undefined): string => (address ?? '').replace(/^::ffff:/, '')
