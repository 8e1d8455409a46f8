import { createHmac } from 'node:crypto'
import type { Clock } from '@vaxel/base'
import type { RelayCredentials } from '@vaxel/core'
import { familyOf } from '../ip-address.ts'
import { LocalAddresses } from '../local-address.ts'
import type { RelayLimits } from './relay-limits.ts'
import { OwnMedia } from './relay-targets.ts'
import { TurnCredentials } from './turn-credentials.ts'
import { TurnDoor } from './turn-door.ts'
import { TurnServer } from './turn-server.ts'

export interface RelayOptions {
  readonly clock: Clock
  /** A secret of this installation; what is made of it counts for hours. */
  readonly secret: Uint8Array
  readonly media: { readonly port: number; readonly addresses: readonly string[] }
  /** The phones' ports, which relays keep out of. */
  readonly phonePorts: readonly [from: number, to: number]
  /** An address in the internet, or a name that leads to it. */
  readonly publicAddress?: string
  readonly stunPort: number
  readonly httpsPort: number
  readonly limits?: Partial<RelayLimits>
}

/** What a relay consists of: the door that clients come to, and what they are given to come in. */
export interface Relay {
  readonly door: TurnDoor
  readonly credentials: RelayCredentials
}

/** A TURN server for this machine's own media. The caller opens the ports and hands their datagrams and connections to the door. */
export function createRelay(options: RelayOptions): Relay {
  const { clock, media, publicAddress } = options
  const local = new LocalAddresses(clock)
  const targets = new OwnMedia({
    ...media,
    ...(publicAddress === undefined ? {} : { publicAddress }),
    nowMs: () => clock.monotonicMs(),
    towards: (remote) => local.towards(remote),
  })
  const credentials = new TurnCredentials({
    secret: createHmac('sha256', options.secret).update('relay').digest(),
    urlsFor: (origin) => relayUrls(origin, options),
  })
  const { limits } = options
  const server = new TurnServer({ credentials, targets, wallMs: () => clock.now(), ...(limits ? { limits } : {}) })
  return { credentials, door: new TurnDoor({ clock, server, targets, avoid: options.phonePorts }) }
}

/**
 * Ways to the relay, the cheapest first, by the name that the page was reached by: for that the certificate counts, and
 * the page's port is known to be let through.
 * @example relayUrls('https://a.example', ports)[2] // 'turns:a.example:443?transport=tcp'
 */
export function relayUrls(
  origin: string,
  { publicAddress, stunPort, httpsPort }: Pick<RelayOptions, 'publicAddress' | 'stunPort' | 'httpsPort'>,
): readonly string[] {
  const page = URL.canParse(origin) ? new URL(origin) : undefined
  const host =
    page?.hostname ?? (publicAddress && (familyOf(publicAddress) === 6 ? `[${publicAddress}]` : publicAddress))
  if (!host) return []
  const securePort = page?.protocol === 'https:' ? page.port || '443' : httpsPort
  return [
    `turn:${host}:${stunPort}?transport=udp`,
    `turn:${host}:${stunPort}?transport=tcp`,
    `turns:${host}:${securePort}?transport=tcp`,
  ]
}
