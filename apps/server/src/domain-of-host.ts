import { isIP } from 'node:net'
import type { Company, Directory, Domain } from '@vaxel/core'

/**
 * The domain that a SIP host means: its own name, else the installation's first domain for an address or name of
 * the server itself, because phones are often given an address where a domain belongs.
 * @param isOwnName whether a host name (not an address) is one of the server's
 */
export function domainOfHost(
  directory: Directory,
  host: string,
  isOwnName: (host: string) => boolean,
): Domain | undefined {
  const name = host.startsWith('[')
    ? host.slice(1, host.endsWith(']') ? -1 : undefined).toLowerCase()
    : host.toLowerCase()
  const exact = directory.domain(name)
  if (exact) return exact
  if (isIP(name) === 0 && !isOwnName(name)) return undefined
  const first: Company | undefined = directory.companies()[Symbol.iterator]().next().value
  return first && directory.domainsOf(first.id)[0]
}
