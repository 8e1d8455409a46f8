import type { Whereabouts } from '@vaxel/base'
import { type IpRange, readIp, readIpRange } from './ip-range.ts'

/** Read once for each list: they are asked with each request. */
const ranges = new WeakMap<readonly string[], readonly IpRange[]>()

/**
 * Whether an address lies in one of these networks. An IPv4 address in IPv6 form (RFC 4291 §2.5.5.2) counts as what it is.
 * @param networks each as {@link readIpRange} takes it; what cannot be read holds nothing
 * @param address an IP literal, perhaps with a zone (`fe80::1%eth0`)
 */
export function isInNetworks(networks: readonly string[], address: string): boolean {
  let read = ranges.get(networks)
  if (!read) {
    read = networks.flatMap((text) => readIpRange(text) ?? [])
    ranges.set(networks, read)
  }
  const ip = readIp(address.split('%', 1)[0]!.replace(/^::ffff:(?=\d+\.)/i, ''))
  return (
    ip !== undefined &&
    read.some(({ family, first, last }) => family === ip.family && first <= ip.value && ip.value <= last)
  )
}

/**
 * Whether somebody may come in from there who belongs to a company. Programs on the server's own machine may always: that is the way back for
 * administrators who have shut themselves out.
 * @param allowedNetworks absent: from anywhere
 */
export const mayComeFrom = (
  allowedNetworks: readonly string[] | undefined,
  { address, isThisMachine }: Whereabouts,
): boolean => allowedNetworks === undefined || isThisMachine === true || isInNetworks(allowedNetworks, address)
