import type { CompanyId } from '@vaxel/base'
import { type OperationHandler, perform, replayCentreDay } from '@vaxel/contract'
import { type ReplayParts, ReplayService } from './replay-service.ts'

export interface CentreReplayFeature {
  readonly handlers: readonly OperationHandler[]
}

/** Days of a contact centre once more, with changes. */
export function createCentreReplay(parts: ReplayParts): CentreReplayFeature {
  const service = new ReplayService(parts)
  return {
    handlers: [
      perform(replayCentreDay, ({ principal, body }) => service.replay(principal.companyId as CompanyId, body)),
    ],
  }
}
