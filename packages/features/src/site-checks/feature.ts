import type { OperationHandler } from '@vaxel/contract'
import { siteCheckHandlers } from './api.ts'
import { CheckService } from './check-service.ts'
import type { SiteCheckDependencies } from './dependencies.ts'

export type { Reach, SiteCheckDependencies, SiteInvitations } from './dependencies.ts'

/** The server's side of a site's check: what to try, ports that answer, streams that come back. */
export interface SiteChecks {
  readonly handlers: readonly OperationHandler[]
  /** Key of a check that runs, by its id: 32 bytes. */
  keyOf(checkId: string): Uint8Array | undefined
  close(): Promise<void>
}

export function createSiteChecks(dependencies: SiteCheckDependencies): SiteChecks {
  const checks = new CheckService(dependencies)
  return {
    handlers: siteCheckHandlers(checks),
    keyOf: (checkId) => checks.keyOf(checkId),
    close: () => checks.close(),
  }
}
