import type { Clock, RandomBytes, Refusal } from '@vaxel/base'
import type { SiteCheck } from '@vaxel/contract'
import type { RelayCredentials, SiteEcho } from '@vaxel/core'
import type { Catalogue } from '@vaxel/site'

/** Where the platform is reached. */
export interface Reach {
  /** By somebody at that address: an IP address, or the name that is set as public address. */
  address(peerAddress: string): string
  /** A name that is set as public address. */
  readonly name?: string
  readonly ports: Pick<SiteCheck['ports'], 'web' | 'webTls' | 'sip' | 'sips' | 'stun' | 'media'>
}

/** Links of sites, kept elsewhere. */
export interface SiteInvitations {
  /** The site of a link that counts. */
  siteOf(invitation: string): Promise<{ readonly name: string } | Refusal>
  keep(invitation: string, report: unknown, address: string): Promise<{ readonly reportId: string } | Refusal>
}

export interface SiteCheckDependencies {
  readonly clock: Clock
  readonly random: RandomBytes
  readonly echo: SiteEcho
  readonly reach: () => Reach
  /** Where there is a relay. */
  readonly relays?: RelayCredentials
  /** What this platform asks of a site; undefined while that is not known. */
  readonly catalogue: () => Catalogue | undefined
  /** Why checks have to wait, a sentence; undefined: they have not. */
  readonly busyWith: () => string | undefined
  /** The administrator wants none. */
  readonly isOff?: boolean
  /** Absent: no link counts. */
  readonly invitations?: SiteInvitations
}
