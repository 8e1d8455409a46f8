import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { rootCertificates, type ConnectionOptions } from 'node:tls'
import { type MailAccount, MailboxFault, type MailServer } from '@vaxel/core'
import { InnerAddresses } from '../http/inner-addresses.ts'

/** Where a server is, and how its certificate is looked at. */
export interface ServerPlace {
  readonly address: string
  readonly port: number
  readonly isSecure: boolean
  readonly isUpgraded: boolean
  readonly tls: ConnectionOptions
}

/**
 * Finds the servers that companies name. Connections go to the address that was looked at, so that no name can lead into our own networks
 * (docs/decisions/0104); certificates are checked for the name.
 */
export class ServerPlaces {
  readonly #inner: InnerAddresses

  /** @param allowedNetworks inner networks in which mail servers may be */
  constructor(allowedNetworks: readonly string[]) {
    this.#inner = new InnerAddresses(allowedNetworks)
  }

  /** Throws {@link MailboxFault}. @returns one for each address, in the order in which they are tried */
  async find(
    { host, port, security }: MailServer,
    account: Pick<MailAccount, 'trusted'>,
  ): Promise<readonly ServerPlace[]> {
    const found = await addressesOf(host)
    const allowed = found.filter((address) => !this.#inner.isRefused(address))
    if (allowed.length === 0)
      throw new MailboxFault('inner', `${host} leads to ${found[0]}, which is in a network that is not allowed`)
    if (security === 'none' && !allowed.every(isLoopback))
      throw new MailboxFault('tls', 'a password goes without TLS on this machine alone')
    const tls: ConnectionOptions = {
      ...(isIP(host) === 0 ? { servername: host } : {}),
      minVersion: 'TLSv1.2',
      ...(account.trusted === undefined ? {} : { ca: [...rootCertificates, account.trusted] }),
    }
    return allowed.map((address) => ({
      address,
      port,
      isSecure: security === 'tls',
      isUpgraded: security === 'starttls',
      tls,
    }))
  }
}

async function addressesOf(host: string): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host]
  try {
    return (await lookup(host, { all: true, order: 'verbatim' })).map(({ address }) => address)
  } catch (error) {
    throw new MailboxFault('name', `${host}: ${(error as { code?: string }).code ?? 'the name is not known'}`)
  }
}

const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.')

/** Tries one address after another; the last one's fault is told. */
export async function atFirstThatAnswers<T>(
  places: readonly ServerPlace[],
  open: (place: ServerPlace) => Promise<T>,
): Promise<T> {
  let last: unknown
  for (const place of places) {
    try {
      return await open(place)
    } catch (error) {
      last = error
      // Whoever answers is the server; only one that cannot be reached, or says nothing, has another address.
      if (!(error instanceof MailboxFault) || !['port', 'silence'].includes(error.trouble)) throw error
    }
  }
  throw last
}
