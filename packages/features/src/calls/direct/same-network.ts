import { holdsRange, readIpRange } from '@vaxel/site'

/**
 * Whether telephones at these addresses, as their signalling shows them, can send their audio to each other: both behind one router that translates, or
 * both in one network, and either is listed.
 */
export function areInOneNetwork(networks: readonly string[] | undefined, a: string, b: string): boolean {
  if (!networks || networks.length === 0) return false
  const [first, second] = [readIpRange(a), readIpRange(b)]
  if (!first || !second) return false
  return networks.some((text) => {
    const network = readIpRange(text)
    return network !== undefined && holdsRange(network, first) && holdsRange(network, second)
  })
}
