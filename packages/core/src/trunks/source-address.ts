/**
 * A source of calls as connections tell it: IPv6 as RFC 5952 writes it, IPv4 behind IPv6 as IPv4. Text that is no address stays as it is.
 * @example sourceAddress('[2001:DB8:0::7]:5060') // '[2001:db8::7]:5060'
 */
export function sourceAddress(text: string): string {
  const withPort = /^\[([^\]]+)\]:(\d+)$/.exec(text)
  const address = withPort?.[1] ?? text
  if (!address.includes(':') || !URL.canParse(`http://[${address}]`)) return text
  const plain = asIpv4(new URL(`http://[${address}]`).hostname.slice(1, -1))
  if (!withPort) return plain
  return plain.includes(':') ? `[${plain}]:${withPort[2]}` : `${plain}:${withPort[2]}`
}

function asIpv4(address: string): string {
  const mapped = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(address)
  if (!mapped) return address
  const [high, low] = [Number.parseInt(mapped[1]!, 16), Number.parseInt(mapped[2]!, 16)]
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}
