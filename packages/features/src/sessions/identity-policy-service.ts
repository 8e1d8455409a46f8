import { type CompanyId, type Refusal, type UserId } from '@vaxel/base'
import { Conflict, InvalidRequest, NotAllowed, type Principal, SsoNotSetUp, StillInUse } from '@vaxel/contract'
import { type IdentityPolicy, type LedgerEvent, type SsoSettings, standsAbove } from '@vaxel/core'
import type { SessionDependencies } from './dependencies.ts'
import { ssoSealOwner } from './sso-service.ts'

const dayMs = 24 * 3_600_000
const warnDays = 30

/** What an administrator says about the provider. */
export type SsoWish = Omit<SsoSettings, 'companyId' | 'sealedSecret' | 'emergencyUserId'> & {
  readonly emergencyUserId?: string
  readonly clientSecret?: string
}

/** What companies want of logins, and their providers. */
export class IdentityPolicyService {
  readonly #around: SessionDependencies

  constructor(dependencies: SessionDependencies) {
    this.#around = dependencies
  }

  policy({ companyId }: Principal): IdentityPolicy {
    return this.#around.identity.policy(companyId as CompanyId)
  }

  async setPolicy(principal: Principal, policy: IdentityPolicy, address: string): Promise<IdentityPolicy> {
    const events = [this.#told(principal, address, 'policy', policy)]
    await this.#around.identity.setPolicy(principal.companyId as CompanyId, policy, events)
    return policy
  }

  sso({ companyId }: Principal): SsoSettings | Refusal {
    return this.#around.identity.sso(companyId as CompanyId) ?? SsoNotSetUp('No login provider is set up.')
  }

  /** The provider is asked first, so that nobody is locked out by a letter that is wrong. */
  async setSso(principal: Principal, wish: SsoWish, address: string): Promise<SsoSettings | Refusal> {
    const { identity, openId } = this.#around
    const companyId = principal.companyId as CompanyId
    const refused =
      this.#refuseOperators(principal) ??
      (await this.#refuseEmergency(companyId, wish)) ??
      this.#refuseDomains(companyId, wish)
    if (refused) return refused
    const { clientSecret, emergencyUserId, ...rest } = wish
    const before = identity.sso(companyId)
    if (clientSecret === undefined && before?.sealedSecret !== undefined && before.issuer !== wish.issuer)
      return mistake('/clientSecret', 'is needed: the secret before belongs to another provider')
    const sealedSecret =
      clientSecret === undefined ? before?.sealedSecret : identity.seal(clientSecret, ssoSealOwner(companyId))
    const settings: SsoSettings = {
      ...rest,
      companyId,
      ...(sealedSecret === undefined ? {} : { sealedSecret }),
      ...(emergencyUserId === undefined ? {} : { emergencyUserId: emergencyUserId as UserId }),
    }
    const secret = sealedSecret === undefined ? undefined : identity.open(sealedSecret, ssoSealOwner(companyId))
    const wrong = await openId.check(settings, secret)
    if (wrong) return wrong
    const { sealedSecret: _, ...told } = settings
    await identity.putSso(settings, [this.#told(principal, address, 'sso', told)])
    return settings
  }

  async removeSso(principal: Principal, address: string): Promise<Refusal | undefined> {
    const { identity } = this.#around
    const companyId = principal.companyId as CompanyId
    if (!identity.sso(companyId)) return SsoNotSetUp('No login provider is set up.')
    await identity.removeSso(companyId, [this.#told(principal, address, 'sso-removed')])
    return undefined
  }

  /** A sentence about the client secret, from 30 days before its end. */
  warningOf({ secretExpiresOn, issuer }: SsoSettings): string | undefined {
    if (secretExpiresOn === undefined) return undefined
    const days = Math.ceil((Date.parse(secretExpiresOn) - this.#around.clock.now()) / dayMs)
    const { host } = new URL(issuer)
    if (days > warnDays) return undefined
    if (days < 0)
      return `The client secret at ${host} has ended on ${secretExpiresOn}: nobody can log in that way. Make a new one there and enter it here.`
    return `The client secret at ${host} ends on ${secretExpiresOn}, in ${days} days. Make a new one there and enter it here.`
  }

  /** For the health of the installation. */
  warnings(): readonly string[] {
    const { configuration, identity } = this.#around
    return [...identity.allSso()].flatMap((settings) => {
      const warning = this.warningOf(settings)
      const company = configuration.current.company(settings.companyId)
      return warning === undefined || !company ? [] : [`${company.name}: ${warning}`]
    })
  }

  /** Whoever names the provider says who logs in as whom, in the whole company. */
  #refuseOperators(principal: Principal): Refusal | undefined {
    const { current } = this.#around.configuration
    const users = current.usersOf(principal.companyId as CompanyId)
    return users.some(({ id }) => standsAbove(current, principal, id))
      ? NotAllowed(
          'An operator of the installation belongs to this company: its login provider is chosen by an operator alone.',
        )
      : undefined
  }

  async #refuseEmergency(companyId: CompanyId, { isOnlyWay, emergencyUserId }: SsoWish): Promise<Refusal | undefined> {
    const { configuration, sessions } = this.#around
    if (emergencyUserId === undefined)
      return isOnlyWay
        ? mistake('/emergencyUserId', 'is needed: somebody must get in when the provider is away')
        : undefined
    const user = configuration.current.user(emergencyUserId as UserId)
    if (user?.companyId !== companyId || user.role !== 'administrator')
      return mistake('/emergencyUserId', 'must be an administrator of the company')
    const hasPassword = (await sessions.passwordHash(user.id)) !== undefined
    return hasPassword ? undefined : StillInUse(`${user.displayName} has no password here. Set one first.`)
  }

  /** A domain that another company speaks for cannot be taken from it. */
  #refuseDomains(companyId: CompanyId, { domains }: SsoWish): Refusal | undefined {
    const { configuration, identity } = this.#around
    for (const domain of domains) {
      const owner = configuration.current.domain(domain)?.companyId
      const isTaken = [...identity.allSso()].some((o) => o.companyId !== companyId && o.domains.includes(domain))
      if (isTaken || (owner !== undefined && owner !== companyId))
        return Conflict(`The domain ${domain} belongs to somebody else.`)
    }
    return undefined
  }

  #told({ companyId, userId }: Principal, address: string, what: string, after?: unknown): LedgerEvent {
    const data = { by: `user:${userId}`, address, what, ...(after === undefined ? {} : { after }) }
    return { kind: 'identity.policyChanged', atMs: this.#around.clock.now(), companyId: companyId as CompanyId, data }
  }
}

const mistake = (path: string, reason: string): Refusal => InvalidRequest(undefined, { mistakes: [{ path, reason }] })
