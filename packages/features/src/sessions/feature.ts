import type { Refusal, Whereabouts } from '@vaxel/base'
import type { OperationHandler, Principal } from '@vaxel/contract'
import { sessionHandlers } from './api.ts'
import type { SessionDependencies } from './dependencies.ts'
import { makeParts } from './parts.ts'

export type { SessionDependencies, SessionLifetimes } from './dependencies.ts'

/** Logins, second factors, login providers and the first set-up. */
export interface SessionsFeature {
  readonly handlers: readonly OperationHandler[]
  /** Who a token stands for; for the HTTP door. */
  authenticate(token: string, wanted: { companyId?: string } & Whereabouts): Principal | Refusal
  /** Whether the installation has nobody who could log in. */
  isSetupNeeded(): boolean
  /** The one-time link for the first administrator, valid for a day; undefined when there is one already. */
  createSetupLink(baseUrl: string): Promise<string | undefined>
  /** What administrators should know although everything works, a sentence each. */
  warnings(): readonly string[]
}

export function createSessions(dependencies: SessionDependencies): SessionsFeature {
  const parts = makeParts(dependencies)
  return {
    handlers: sessionHandlers(parts),
    authenticate: (token, wanted) => parts.sessions.authenticate(token, wanted),
    isSetupNeeded: () => parts.setup.isNeeded(),
    warnings: () => parts.policies.warnings(),
    async createSetupLink(baseUrl) {
      const token = await parts.setup.createToken()
      // In the fragment it never reaches a log.
      return token === undefined ? undefined : `${baseUrl.replace(/\/$/, '')}/setup#${token}`
    },
  }
}
