import { type CompanyId, isRefusal, makeId, type Refusal, randomToken, type UserId } from '@vaxel/base'
import { SetupDone, TooManyRequests } from '@vaxel/contract'
import { type ConfigurationReader, chiefEmergencyNumbersOf, LoginLimiter, type User } from '@vaxel/core'
import type { LoginPlace, SessionDependencies } from './dependencies.ts'
import { refusePassword } from './password-rules.ts'
import type { Login, SessionService } from './session-service.ts'

const lifetimeMs = 24 * 3_600_000
const tokenLength = 32

/** What the first administrator says about the installation. */
export interface FirstAdministrator {
  readonly token: string
  readonly company: string
  readonly country?: string
  readonly domain: string
  readonly login: string
  readonly displayName?: string
  readonly password: string
}

/** The way from an empty installation to its first administrator, who also is the operator above companies. */
export class SetupService {
  readonly #around: SessionDependencies
  readonly #logins: SessionService
  readonly #limiter: LoginLimiter

  constructor(dependencies: SessionDependencies & { logins: SessionService }) {
    this.#around = dependencies
    this.#logins = dependencies.logins
    this.#limiter = new LoginLimiter(dependencies.clock)
  }

  /** Whether nobody can log in yet. */
  isNeeded(): boolean {
    return isEmpty(this.#around.configuration.current)
  }

  /** A token for a set-up link, valid once and for a day; it takes the place of any before it. Undefined when there is an administrator. */
  async createToken(): Promise<string | undefined> {
    if (!this.isNeeded()) return undefined
    const { sessions, credentials, clock, random } = this.#around
    const token = randomToken(tokenLength, random)
    await sessions.setSetupToken({ hash: credentials.hashToken(token), expiresAtMs: clock.now() + lifetimeMs })
    return token
  }

  async setUp(first: FirstAdministrator, place: LoginPlace): Promise<Login | Refusal> {
    const { configuration, sessions, credentials, clock, random } = this.#around
    const { address } = place
    const waitMs = this.#limiter.waitMs('setup', address)
    if (waitMs > 0) return TooManyRequests(undefined, { retryAfterSeconds: Math.ceil(waitMs / 1000) })
    const wanted = await sessions.setupToken()
    const isRight = wanted !== undefined && wanted.hash === credentials.hashToken(first.token)
    if (!isRight || clock.now() >= wanted.expiresAtMs) {
      this.#limiter.failed('setup', address)
      return SetupDone()
    }
    const weak = refusePassword(first.password, [first.login, first.displayName ?? '', first.company])
    if (weak) return weak
    const hash = await credentials.hashPassword(first.password)
    const companyId = makeId<CompanyId>(clock.now(), random)
    const user = toUser(first, makeId<UserId>(clock.now(), random), companyId)
    const refusal = await configuration.change({ by: 'setup', address }, (current) => {
      if (!isEmpty(current)) return SetupDone()
      const { company: name, country = 'SE', domain } = first
      return [
        {
          kind: 'company',
          after: { id: companyId, name, country, limits: {}, emergencyNumbers: chiefEmergencyNumbersOf(country) },
        },
        { kind: 'domain', after: { name: domain, companyId } },
        { kind: 'user', after: user },
        { kind: 'password', after: { userId: user.id, companyId, hash } },
        { kind: 'operator', after: { userId: user.id, companyId } },
      ]
    })
    if (isRefusal(refusal)) return refusal
    await sessions.setSetupToken(undefined)
    return this.#logins.open(user, place, { means: ['set-up'] })
  }
}

function isEmpty(current: ConfigurationReader): boolean {
  for (const _ of current.companies()) return false
  return true
}

function toUser({ domain, login, displayName }: FirstAdministrator, id: UserId, companyId: CompanyId): User {
  return {
    id,
    companyId,
    domain,
    name: login,
    displayName: displayName ?? login,
    language: 'en',
    role: 'administrator',
    limits: {},
    ringSeconds: 25,
  }
}
