import type { CompanyId, Whereabouts } from '@vaxel/base'
import type { Directory } from '@vaxel/core/ports'
import { type Flow, makeResponse, type SipRequest, type SipResponse } from '@vaxel/sip'
import { mayComeFrom } from '@vaxel/site'

/** Who is at the other end of a flow. */
export const whereaboutsOf = ({ client, remote }: Pick<Flow, 'client' | 'remote'>): Whereabouts => client ?? remote

/** Whether devices of a company may be there. */
export const isAllowedAt = (directory: Directory, companyId: CompanyId, from: Whereabouts): boolean =>
  mayComeFrom(directory.company(companyId)?.allowedNetworks, from)

/** The answer to whoever is elsewhere; it hangs on no name or password, so it tells nothing of either. */
export const refuseOutside = (request: SipRequest): SipResponse =>
  makeResponse(request, 403, 'Not from outside the networks of the company')
