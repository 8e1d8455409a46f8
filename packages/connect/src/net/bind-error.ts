import { formatHost } from '@vaxel/sip'

/** Turns the system's error of a failed bind into a sentence that says which port it was and what to do. */
export function bindError(protocol: string, address: string, port: number, cause: unknown): Error {
  const where = `${protocol.toUpperCase()} ${formatHost(address, port)}`
  return new Error(`Cannot listen on ${where}: ${reasonOf(cause, port)}`, { cause })
}

function reasonOf(cause: unknown, port: number): string {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code
  switch (code) {
    case 'EADDRINUSE':
      return `another program already uses port ${port}. Stop it (\`ss -lpn sport = :${port}\` shows which it is) or configure another port.`
    case 'EACCES':
      return `ports below 1024 need a privilege. Configure a port from 1024 on, or give the program CAP_NET_BIND_SERVICE.`
    case 'EADDRNOTAVAIL':
      return 'this machine does not have that address. Configure one of its own addresses, or :: for all.'
    case 'EAFNOSUPPORT':
      return 'this machine has no such address family. Configure an address of the other family.'
    default:
      return cause instanceof Error ? cause.message : String(cause)
  }
}
