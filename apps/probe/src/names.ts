import { lookup } from 'node:dns/promises'
import { isIP, isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'

const patienceMs = 8000
const mostAddresses = 8

/**
 * Finds addresses as every program of this machine does: hosts file, search list and DNS. Each name is asked once; what takes
 * too long is not found.
 */
export function machineNames(): (name: string) => Promise<readonly string[]> {
  const known = new Map<string, Promise<readonly string[]>>()
  return (name) => {
    if (isIP(name) !== 0) return Promise.resolve([name])
    const before = known.get(name)
    if (before) return before
    const asked = Promise.race([find(name), tooLate()])
    known.set(name, asked)
    return asked
  }
}

async function find(name: string): Promise<readonly string[]> {
  try {
    const found = await lookup(name, { all: true, order: 'verbatim' })
    return tried([...new Set(found.map(({ address }) => address))]).slice(0, mostAddresses)
  } catch {
    return []
  }
}

/**
 * The addresses that a program here would use: without an IPv6 address of its own beyond the link, a machine reaches none, and a service that has both
 * kinds is whole by IPv4. Where a service has nothing else, they are tried all the same.
 */
export function tried(
  addresses: readonly string[],
  own: Readonly<ReturnType<typeof networkInterfaces>> = networkInterfaces(),
): readonly string[] {
  const hasIPv6 = Object.values(own)
    .flatMap((all) => all ?? [])
    .some(({ family, internal, address }) => family === 'IPv6' && !internal && !/^fe[89ab]/i.test(address))
  const left = hasIPv6 ? addresses : addresses.filter((address) => !isIPv6(address) || address === '::1')
  return left.length > 0 ? left : addresses
}

const tooLate = (): Promise<readonly string[]> =>
  new Promise((resolve) => {
    setTimeout(() => resolve([]), patienceMs).unref()
  })
