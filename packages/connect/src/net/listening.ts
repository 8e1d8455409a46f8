import { once } from 'node:events'
import type { AddressInfo, Server } from 'node:net'
import type { Endpoint } from '@vaxel/sip'
import { bindError } from './bind-error.ts'

const backlog = 1_024

/**
 * Makes a server listen; `::` takes both families, or IPv4 alone where the machine has no IPv6.
 * Rejects with an Error that names the port and says what to do.
 */
export async function listen(server: Server, protocol: string, { address, port }: Endpoint): Promise<Endpoint> {
  const listening = once(server, 'listening')
  server.listen({ host: address, port, backlog, exclusive: true, ipv6Only: address !== '::' && address.includes(':') })
  try {
    await listening
  } catch (error) {
    if (address === '::' && (error as NodeJS.ErrnoException).code === 'EAFNOSUPPORT') {
      return listen(server, protocol, { address: '0.0.0.0', port })
    }
    throw bindError(protocol, address, port, error)
  }
  const bound = server.address() as AddressInfo
  return { address: bound.address, port: bound.port }
}
