import type { Refusal } from '@vaxel/base'
import type { OperationHandler, Principal } from '@vaxel/contract'
import { sessionHandlers } from './api.ts'
import { type SessionDependencies, SessionService } from './session-service.ts'
import { SetupService } from './setup-service.ts'

/** Logins and the first set-up. */
export interface SessionsFeature {
  readonly handlers: readonly OperationHandler[]
  /** Who a token stands for; for the HTTP door. */
  authenticate(token: string, wanted: { companyId?: string; address: string }): Principal | Refusal
  /** Whether the installation has nobody who could log in. */
  isSetupNeeded(): boolean
  /** The one-time link for the first administrator, valid for a day; undefined when there is one already. */
  createSetupLink(baseUrl: string): Promise<string | undefined>
}

export function createSessions(dependencies: SessionDependencies): SessionsFeature {
  const service = new SessionService(dependencies)
  const setup = new SetupService({ ...dependencies, logins: service })
  return {
    handlers: sessionHandlers({ service, setup, configuration: dependencies.configuration }),
    authenticate: (token, wanted) => service.authenticate(token, wanted),
    isSetupNeeded: () => setup.isNeeded(),
    async createSetupLink(baseUrl) {
      const token = await setup.createToken()
      // In the fragment it never reaches a log.
      return token === undefined ? undefined : `${baseUrl.replace(/\/$/, '')}/setup#${token}`
    },
  }
}
