import type { Clock } from '@vaxel/base'
import type { OneTimeCodes, OpenIdConnect, PasskeyCeremonies, Tickets } from '@vaxel/core'
import { oneTimeCodes } from './one-time-codes.ts'
import { openIdConnect } from './open-id-connect.ts'
import { passkeyCeremonies } from './passkey-ceremonies.ts'
import { sealedTickets } from './sealed-tickets.ts'

/** What logins work with besides passwords. */
export interface IdentityTools {
  readonly codes: OneTimeCodes
  readonly passkeys: PasskeyCeremonies
  readonly tickets: Tickets
  readonly openId: OpenIdConnect
}

/** @param allowsLoopback login providers may be on this machine and without TLS: for a demonstration or a test */
export function createIdentityTools(options: { clock: Clock; allowsLoopback: boolean }): IdentityTools {
  return {
    codes: oneTimeCodes,
    passkeys: passkeyCeremonies,
    tickets: sealedTickets(options.clock),
    openId: openIdConnect(options),
  }
}
