import type { SessionDependencies } from './dependencies.ts'
import { FailedLogins } from './failed-logins.ts'
import { IdentityPolicyService } from './identity-policy-service.ts'
import { LoginService } from './login-service.ts'
import { PasskeyService } from './passkey-service.ts'
import { PasswordService } from './password-service.ts'
import { SecondFactorService } from './second-factors.ts'
import { SessionService } from './session-service.ts'
import { SetupService } from './setup-service.ts'
import { SsoService } from './sso-service.ts'

/** The services of this feature. */
export interface SessionParts {
  readonly around: SessionDependencies
  readonly sessions: SessionService
  readonly passwords: PasswordService
  readonly factors: SecondFactorService
  readonly passkeys: PasskeyService
  readonly logins: LoginService
  readonly sso: SsoService
  readonly policies: IdentityPolicyService
  readonly setup: SetupService
}

export function makeParts(around: SessionDependencies): SessionParts {
  const failed = new FailedLogins(around)
  const sessions = new SessionService(around)
  const passwords = new PasswordService(around, sessions, failed)
  const factors = new SecondFactorService(around, failed)
  const passkeys = new PasskeyService(around, factors, failed)
  const logins = new LoginService(around, { sessions, passwords, factors, passkeys })
  return {
    around,
    sessions,
    passwords,
    factors,
    passkeys,
    logins,
    sso: new SsoService(around, logins),
    policies: new IdentityPolicyService(around),
    setup: new SetupService({ ...around, logins: sessions }),
  }
}
