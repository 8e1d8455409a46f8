import { networkInterfaces } from 'node:os'

/**
 * Where audio is bound. The wildcard of both families is one address for each, as media sockets are of one family.
 * The demo's media port is on the machine's first other address too: Firefox sends no media to 127.0.0.1.
 */
export function mediaAddresses(bind: string, isDemo: boolean, interfaces = networkInterfaces()): string[] {
  const own = Object.values(interfaces).flatMap((addresses) => addresses ?? [])
  if (bind === '::') return own.some(({ family }) => family === 'IPv6') ? ['0.0.0.0', '::'] : ['0.0.0.0']
  const other = own.find(({ internal, family }) => !internal && family === 'IPv4')
  return isDemo && bind !== '0.0.0.0' && other && other.address !== bind ? [bind, other.address] : [bind]
}
