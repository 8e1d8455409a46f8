import { type CompanyId, isRefusal, makeId, type Refusal, type UserId } from '@vaxel/base'
import {
  type CookieKind,
  LoginExpired,
  type Principal,
  SsoNotSetUp,
  SsoNotTrusted,
  SsoNoUser,
  TooManyRequests,
} from '@vaxel/contract'
import type { Role, SsoPerson, SsoSettings, SsoThread, User } from '@vaxel/core'
import type { LoginPlace, SessionDependencies } from './dependencies.ts'
import type { LoginService } from './login-service.ts'
import type { Login } from './session-service.ts'
import { SsoStarts } from './sso-starts.ts'

const threadMs = 10 * 60_000
/** The page of the web app that the provider sends people back to. */
export const callbackPath = '/sso/callback'

/** The browser's side of a login at a provider. */
export interface SsoClient extends LoginPlace {
  readonly origin: string
  cookie(kind: CookieKind): string | undefined
  setCookie(kind: CookieKind, value: string | undefined, lifetimeSeconds?: number): void
}

/** Whom the provider's claim names. */
interface LoginName {
  readonly name: string
  /** Where the claim names a domain of the company's own. */
  readonly domain: string | undefined
}

interface Begun extends SsoThread {
  readonly companyId: string
  readonly issuer: string
  readonly origin: string
  readonly returnTo: string
}

const ranks: Readonly<Record<Role, number>> = { user: 0, attendant: 1, supervisor: 2, administrator: 3 }

/** Logins by a company's own provider (OpenID Connect). */
export class SsoService {
  readonly #around: SessionDependencies
  readonly #logins: LoginService
  readonly #starts: SsoStarts

  constructor(dependencies: SessionDependencies, logins: LoginService) {
    this.#around = dependencies
    this.#logins = logins
    this.#starts = new SsoStarts(dependencies.clock)
  }

  /** The provider of whoever logs in with this domain: of the company that has it, or that takes people of it. */
  settingsOf(domain: string): SsoSettings | undefined {
    const { configuration, identity } = this.#around
    const companyId = configuration.current.domain(domain)?.companyId
    if (companyId !== undefined) return identity.sso(companyId)
    for (const settings of identity.allSso()) if (settings.domains.includes(domain)) return settings
    return undefined
  }

  /** Where to send the browser. What must come back with it is kept in a sealed cookie, and nowhere else. */
  async start(
    wish: { domain: string; login?: string; returnTo?: string },
    client: SsoClient,
  ): Promise<{ url: string } | Refusal> {
    const settings = this.settingsOf(wish.domain)
    if (!settings) return SsoNotSetUp()
    if (!this.#starts.mayStart(client.address)) return TooManyRequests(undefined, { retryAfterSeconds: 60 })
    const callbackUrl = client.origin + callbackPath
    const hint = wish.login === undefined ? {} : { loginHint: wish.login }
    const started = await this.#around.openId.start(settings, this.#secretOf(settings), { callbackUrl, ...hint })
    if (isRefusal(started)) return started
    const { url, thread } = started as Exclude<typeof started, Refusal>
    const begun: Begun = {
      ...thread,
      companyId: settings.companyId,
      issuer: settings.issuer,
      origin: client.origin,
      returnTo: wish.returnTo ?? '/',
    }
    client.setCookie('sso', this.#around.tickets.seal(begun, 'sso', threadMs), threadMs / 1000)
    return { url }
  }

  /** @param query what the provider has put behind the question mark of the callback */
  async finish(query: string, client: SsoClient): Promise<{ login: Login; returnTo: string } | Refusal> {
    const { tickets, identity, openId } = this.#around
    const cookie = client.cookie('sso')
    const begun = cookie === undefined ? undefined : tickets.open<Begun>(cookie, 'sso')
    if (!begun || begun.origin !== client.origin)
      return LoginExpired('This login was not begun in this browser, was used already, or took too long. Start again.')
    // One answer for one beginning, whatever comes of it.
    if (!tickets.useUp(cookie!)) return LoginExpired()
    client.setCookie('sso', undefined)
    const settings = identity.sso(begun.companyId as CompanyId)
    if (settings?.issuer !== begun.issuer) return SsoNotSetUp()
    const callbackUrl = begun.origin + callbackPath
    const person = await openId.finish(settings, this.#secretOf(settings), { callbackUrl, query, thread: begun })
    if (isRefusal(person)) return person
    const user = await this.#userFor(settings, person as SsoPerson, client.address)
    if (isRefusal(user)) return user
    const login = await this.#logins.openSso(user as User, client)
    return isRefusal(login) ? login : { login: login as Login, returnTo: begun.returnTo }
  }

  /** Where to send the browser to log out at the provider too. */
  async logoutUrl(principal: Principal, origin: string): Promise<string | undefined> {
    const { configuration, identity, openId } = this.#around
    const user = configuration.current.user(principal.userId as UserId)
    const settings = user && identity.hasSsoLink(user.id) ? identity.sso(user.companyId) : undefined
    return settings && openId.logoutUrl(settings, this.#secretOf(settings), `${origin}/`)
  }

  /** By the link of an earlier login, else by the claim that the company has chosen, else a new one if it wants that. */
  async #userFor(settings: SsoSettings, person: SsoPerson, address: string): Promise<User | Refusal> {
    const { configuration, identity, clock } = this.#around
    const { companyId } = settings
    const linked = identity.ssoLink(companyId, person.issuer, person.subject)
    const known = linked && configuration.current.user(linked.userId)
    if (known && known.companyId === companyId) return this.#withRole(settings, person, known, address)
    const login = this.#loginName(settings, person)
    if (isRefusal(login)) return login
    const named = this.#named(companyId, login)
    if (named.length > 1)
      return SsoNoUser(
        `The login provider knows you as ${login.name}, and several users here have that name, in different domains. Ask your administrator.`,
      )
    let [user] = named
    if (!user) {
      if (!settings.createsUsers)
        return SsoNoUser(
          `The login provider knows you as ${login.name}, but there is no user of that name here. Ask your administrator.`,
        )
      const made = await this.#make(settings, person, login, address)
      if (isRefusal(made)) return made
      user = made as User
    }
    const { issuer, subject } = person
    const data = { userId: user.id, by: `user:${user.id}`, address, what: 'sso-linked' }
    await identity.putSsoLink({ companyId, issuer, subject, userId: user.id }, [
      { kind: 'identity.changed', atMs: clock.now(), companyId, data },
    ])
    return this.#withRole(settings, person, user, address)
  }

  /** The part before the @ of the claim, whose domain must be one that this provider may speak for. */
  #loginName(settings: SsoSettings, { claims }: SsoPerson): LoginName | Refusal {
    const claim = claims[settings.userClaim]
    if (typeof claim !== 'string' || claim === '')
      return SsoNoUser(`The login provider does not tell us your ${settings.userClaim}. Ask your administrator.`)
    if (settings.userClaim === 'email' && claims.email_verified === false)
      return SsoNotTrusted(
        'The login provider has not verified your mail address, so it says nothing about who you are.',
      )
    const [name = '', domain, ...rest] = claim.toLowerCase().split('@')
    const own = this.#around.configuration.current.domainsOf(settings.companyId).map((one) => one.name)
    const isOurs = domain === undefined || (rest.length === 0 && [...own, ...settings.domains].includes(domain))
    if (!isOurs || !/^[a-z0-9][a-z0-9._+-]{0,63}$/.test(name))
      return SsoNoUser(`The login provider knows you as “${claim.slice(0, 100)}”, which is no login of your company.`)
    return { name, domain: domain !== undefined && own.includes(domain) ? domain : undefined }
  }

  /** In a domain of the company's own that user alone: the same name in another domain is somebody else. */
  #named(companyId: CompanyId, { name, domain }: LoginName): User[] {
    const { current } = this.#around.configuration
    const domains = domain === undefined ? [...current.domainsOf(companyId)].map((one) => one.name) : [domain]
    return domains.flatMap((one) => current.userByAddress(one, name) ?? [])
  }

  async #make(
    settings: SsoSettings,
    { claims }: SsoPerson,
    login: LoginName,
    address: string,
  ): Promise<User | Refusal> {
    const { configuration, clock, random } = this.#around
    const { companyId } = settings
    const id = makeId<UserId>(clock.now(), random)
    let user: User | undefined
    const refused = await configuration.change({ by: 'sso', address }, (current) => {
      const { name } = login
      const domain = login.domain ?? [...current.domainsOf(companyId)].map((one) => one.name).sort()[0]
      if (domain === undefined) return SsoNoUser('Your company has no domain yet, so no user can be made.')
      const displayName = typeof claims.name === 'string' && claims.name !== '' ? claims.name.slice(0, 200) : name
      user = { id, companyId, domain, name, displayName, language: 'en', role: 'user', limits: {}, ringSeconds: 25 }
      return [{ kind: 'user', after: user }]
    })
    return refused ?? user!
  }

  /** The highest role that a group of the person gives; without one it stays. The last administrator stays one. */
  async #withRole(settings: SsoSettings, { claims }: SsoPerson, user: User, address: string): Promise<User | Refusal> {
    const groups = settings.groupsClaim === undefined ? [] : claims[settings.groupsClaim]
    const has = new Set(Array.isArray(groups) ? groups : [groups])
    const given = settings.roles.filter(({ group }) => has.has(group)).map(({ role }) => role)
    const role = given.sort((a, b) => ranks[b] - ranks[a])[0]
    if (role === undefined || role === user.role) return user
    let after = user
    const refused = await this.#around.configuration.change({ by: 'sso', address }, (current) => {
      const before = current.user(user.id)
      if (!before) return SsoNoUser()
      const others = current.usersOf(user.companyId).filter((other) => other.id !== user.id)
      const isLast = before.role === 'administrator' && !others.some((other) => other.role === 'administrator')
      if (isLast) return []
      after = { ...before, role }
      return [{ kind: 'user', before, after }]
    })
    return refused ?? after
  }

  #secretOf({ sealedSecret, companyId }: SsoSettings): string | undefined {
    return sealedSecret === undefined ? undefined : this.#around.identity.open(sealedSecret, ssoSealOwner(companyId))
  }
}

/** Binds a client secret to its company. */
export const ssoSealOwner = (companyId: string): string => `sso of ${companyId}`
