import {
  changeMyPassword,
  createSession,
  endSession,
  type OperationHandler,
  perform,
  readMe,
  setUp,
} from '@vaxel/contract'
import type { ConfigurationWriter } from '@vaxel/core'
import { toMe, toToken } from './me.ts'
import type { SessionService } from './session-service.ts'
import type { SetupService } from './setup-service.ts'

export function sessionHandlers({
  service,
  setup,
  configuration,
}: {
  service: SessionService
  setup: SetupService
  configuration: ConfigurationWriter
}): readonly OperationHandler[] {
  return [
    perform(createSession, async ({ body, address }) =>
      toToken(configuration.current, await service.logIn(body.login, body.password, address)),
    ),
    perform(endSession, async ({ principal }) => service.end(principal.sessionId) as Promise<undefined>),
    perform(readMe, ({ principal }) => toMe(configuration.current, principal)),
    perform(changeMyPassword, ({ principal, body, address }) =>
      service.changePassword(principal, body.current, body.password, address),
    ),
    perform(setUp, async ({ body, address }) => toToken(configuration.current, await setup.setUp(body, address))),
  ]
}
