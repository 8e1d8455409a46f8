import type { RandomBytes } from '@vaxel/base'
import type { OperationHandler } from '@vaxel/contract'
import type { FileDoor } from '@vaxel/core'
import { AccountService } from './account-service.ts'
import { ftpsHandlers, type FtpsPlace } from './api.ts'
import { FtpsDoor, type FtpsDoorDependencies } from './ftps-door.ts'

export type { FtpsPlace } from './api.ts'

/** Recordings over FTPS: accounts, and what a program that logs in sees. */
export interface FtpsFeature {
  readonly handlers: readonly OperationHandler[]
  /** For the file server. */
  readonly door: FileDoor
}

/** @param dependencies `place`: where the file server listens, for people to read */
export function createFtps(
  dependencies: FtpsDoorDependencies & { readonly random: RandomBytes; readonly place: FtpsPlace },
): FtpsFeature {
  const { directory, place } = dependencies
  const accounts = new AccountService(dependencies)
  return { handlers: ftpsHandlers({ accounts, directory, place }), door: new FtpsDoor(dependencies) }
}
