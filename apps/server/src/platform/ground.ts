import type { Logger, Scope, SteadyClock } from '@vaxel/base'
import type { Store } from '@vaxel/store'
import type { Configuration } from '../configuration.ts'
import type { FaultWatch } from '../fault-watch.ts'
import type { LaterParts } from './later-parts.ts'

/** What every part of the platform stands on. */
export interface Ground {
  readonly configuration: Configuration
  readonly store: Store
  /** Address that all listeners are bound to. */
  readonly bind: string
  readonly isDemo: boolean
  readonly clock: SteadyClock
  readonly log: Logger
  readonly faults: Pick<FaultWatch, 'warnings'>
  /** Closes what the parts opened, last first. */
  readonly scope: Scope
  readonly later: LaterParts
}

/** Inner networks in which servers of companies may be; the demo has them on its own machine. */
export const innerNetworks = ({ configuration, isDemo }: Ground): string[] => [
  ...configuration.lookupNetworks,
  ...(isDemo ? ['127.0.0.0/8', '::1'] : []),
]

/** Where people open the web app from elsewhere, as far as the configuration says. */
export function webAddress({ publicAddress, httpsPort }: Configuration): string | undefined {
  if (publicAddress === undefined) return undefined
  const host = publicAddress.includes(':') ? `[${publicAddress}]` : publicAddress
  return `https://${host}${httpsPort === 443 ? '' : `:${httpsPort}`}`
}
