import { BlockList, isIP } from 'node:net'

/** Networks that are nobody's on the internet: this machine, private and shared space, link-local, documentation, multicast (RFC 6890). */
const innerNetworks = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '::/127',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
]

/** Which addresses may be turned to: those of the internet, and those that the operator allows. */
export class InnerAddresses {
  readonly #inner = listOfNetworks(innerNetworks)
  readonly #allowed: BlockList

  /** @param allowed networks (`10.1.0.0/16`) and addresses, checked before by {@link isNetwork} */
  constructor(allowed: readonly string[]) {
    this.#allowed = listOfNetworks(allowed)
  }

  /** @param address IP literal; an IPv4 address in IPv6 form counts as what it is */
  isRefused(address: string): boolean {
    const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
    if (mapped) return this.isRefused(mapped)
    const family = isIP(address)
    if (family === 0 || /^::ffff:/i.test(address)) return true
    return this.isInner(address) && !this.#allowed.check(address, family === 6 ? 'ipv6' : 'ipv4')
  }

  /** Whether an address is none of the internet, allowed or not. */
  isInner(address: string): boolean {
    const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
    if (mapped) return this.isInner(mapped)
    return this.#inner.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
  }
}

/** Whether a text is an address or a network. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, more] = text.split('/')
  const family = isIP(address)
  if (family === 0 || more !== undefined) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32))
}

/** @param networks addresses and networks, each as {@link isNetwork} takes them */
export function listOfNetworks(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    const kind = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    list.addSubnet(address, bits === undefined ? (kind === 'ipv6' ? 128 : 32) : Number(bits), kind)
  }
  return list
}
