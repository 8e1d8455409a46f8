import { isRefusal, type Refusal } from '@vaxel/base'
import { LoginExpired, type LoginNeed, type Principal, SecondFactorNeeded, SsoOnly, WrongCode } from '@vaxel/contract'
import type { LoginMeans, PasskeyAnswer, User } from '@vaxel/core'
import type { UserId } from '@vaxel/base'
import type { LoginPlace, SessionDependencies } from './dependencies.ts'
import type { PasskeyService } from './passkey-service.ts'
import type { PasswordService } from './password-service.ts'
import type { SecondFactorService } from './second-factors.ts'
import type { Login, SessionService } from './session-service.ts'

const secondStepMs = 10 * 60_000

/** Where a login stands: a session, or a second factor that is still to come. */
export type LoginProgress =
  | { readonly step: 'done'; readonly login: Login }
  | {
      readonly step: 'second-factor'
      readonly ticket: string
      readonly factors: readonly ('code' | 'recovery-code' | 'passkey')[]
    }

interface FirstStep {
  readonly userId: string
  readonly means: readonly LoginMeans[]
}

/** The client's side of one step. */
export interface StepClient extends LoginPlace {
  readonly origin: string
}

/**
 * The course of a login: password, then the second factor of those who have one, then a session. A passkey alone does,
 * as it checks finger, face or PIN itself. A session may still need something (a password of one's own, a second factor
 * that the company wants) before it may do anything else.
 */
export class LoginService {
  readonly #around: SessionDependencies
  readonly #sessions: SessionService
  readonly #passwords: PasswordService
  readonly #factors: SecondFactorService
  readonly #passkeys: PasskeyService

  constructor(
    dependencies: SessionDependencies,
    parts: {
      sessions: SessionService
      passwords: PasswordService
      factors: SecondFactorService
      passkeys: PasskeyService
    },
  ) {
    this.#around = dependencies
    this.#sessions = parts.sessions
    this.#passwords = parts.passwords
    this.#factors = parts.factors
    this.#passkeys = parts.passkeys
  }

  /** All in one request, as programs do it. */
  async logIn(
    { login, password, code }: { login: string; password: string; code?: string },
    place: LoginPlace,
  ): Promise<Login | Refusal> {
    const user = await this.#passwords.checkLogin(login, password, place.address)
    if (isRefusal(user)) return user
    const refused = this.#refuseWay(user, place)
    if (refused) return refused
    if (this.#factors.factorsOf(user.id).length === 0) return this.#open(user, ['password'], place)
    if (code === undefined) return SecondFactorNeeded()
    const means = await this.#factors.checkCode(user, code, place.address)
    return isRefusal(means) ? means : this.#open(user, ['password', means as LoginMeans], place)
  }

  /** The first step of a browser. */
  async startWithPassword(login: string, password: string, client: StepClient): Promise<LoginProgress | Refusal> {
    const user = await this.#passwords.checkLogin(login, password, client.address)
    if (isRefusal(user)) return user
    const refused = this.#refuseWay(user, client)
    if (refused) return refused
    const factors = this.#factors.factorsOf(user.id)
    if (factors.length === 0) return this.#done(user, ['password'], client)
    const first: FirstStep = { userId: user.id, means: ['password'] }
    return { step: 'second-factor', ticket: this.#around.tickets.seal(first, 'login', secondStepMs), factors }
  }

  async goOnWithCode(ticket: string, code: string, client: StepClient): Promise<LoginProgress | Refusal> {
    const first = this.#around.tickets.open<FirstStep>(ticket, 'login')
    const user = first && this.#around.configuration.current.user(first.userId as UserId)
    if (!first || !user) return LoginExpired()
    const means = await this.#factors.checkCode(user, code, client.address)
    if (isRefusal(means)) return means
    if (!this.#around.tickets.useUp(ticket)) return LoginExpired()
    return this.#done(user, [...first.means, means as LoginMeans], client)
  }

  /** @param ticket of the first step; without one the passkey stands alone */
  async askForPasskey(
    ticket: string | undefined,
    origin: string,
  ): Promise<{ ticket: string; options: Record<string, unknown> } | Refusal> {
    if (ticket === undefined) return this.#passkeys.ask(origin, undefined)
    const first = this.#around.tickets.open<FirstStep>(ticket, 'login')
    const user = first && this.#around.configuration.current.user(first.userId as UserId)
    return user ? this.#passkeys.ask(origin, user) : LoginExpired()
  }

  /** A passkey that was asked for, alone or as the second step: only who has passed the first one gets that question. */
  async logInWithPasskey(ticket: string, answer: PasskeyAnswer, client: StepClient): Promise<LoginProgress | Refusal> {
    const proven = await this.#passkeys.verify(ticket, answer, client)
    if (isRefusal(proven)) return proven
    const { user, stoodAlone } = proven as Exclude<typeof proven, Refusal>
    const refused = this.#refuseWay(user, client)
    if (refused) return refused
    return this.#done(user, stoodAlone ? ['passkey'] : ['password', 'passkey'], client)
  }

  /** Somebody who is logged in proves again who they are. */
  async prove(
    principal: Principal,
    by: { password: string } | { code: string } | { ticket: string; passkey: PasskeyAnswer },
    client: StepClient,
  ): Promise<Refusal | undefined> {
    const user = this.#around.configuration.current.user(principal.userId as UserId)
    if (!user) return LoginExpired()
    const wrong = await this.#refuseProof(user, by, client)
    if (wrong) return wrong
    await this.#sessions.proven(principal.sessionId)
    return undefined
  }

  async #refuseProof(
    user: User,
    by: Parameters<LoginService['prove']>[1],
    client: StepClient,
  ): Promise<Refusal | undefined> {
    if ('password' in by) return this.#passwords.prove(user.id, by.password, client.address)
    if ('code' in by) {
      const means = await this.#factors.checkCode(user, by.code, client.address)
      return isRefusal(means) ? means : undefined
    }
    const proven = await this.#passkeys.verify(by.ticket, by.passkey, client, 'proof')
    if (isRefusal(proven)) return proven
    return (proven as Exclude<typeof proven, Refusal>).user.id === user.id ? undefined : WrongCode()
  }

  async askForMyPasskey(principal: Principal, origin: string) {
    const user = this.#around.configuration.current.user(principal.userId as UserId)
    return user ? this.#passkeys.ask(origin, user, 'proof') : LoginExpired()
  }

  /** Opens the session of somebody whom the company's provider has let in. */
  async openSso(user: User, client: LoginPlace): Promise<Login | Refusal> {
    return this.#sessions.refuseOutside(user, client) ?? this.#open(user, ['sso'], client)
  }

  /** Said only to who has proven who they are, so that nobody learns from it who exists. */
  #refuseWay(user: User, from: LoginPlace): Refusal | undefined {
    const outside = this.#sessions.refuseOutside(user, from)
    if (outside) return outside
    const sso = this.#around.identity.sso(user.companyId)
    if (!sso?.isOnlyWay || sso.emergencyUserId === user.id) return undefined
    return SsoOnly(`Your company logs in with ${new URL(sso.issuer).host} only. Use that way.`)
  }

  async #done(user: User, means: readonly LoginMeans[], client: LoginPlace): Promise<LoginProgress> {
    return { step: 'done', login: await this.#open(user, means, client) }
  }

  async #open(user: User, means: readonly LoginMeans[], place: LoginPlace): Promise<Login> {
    const needs: LoginNeed[] = []
    const isTemporary = means.includes('password') && (await this.#around.sessions.isPasswordTemporary(user.id))
    if (isTemporary) needs.push('new-password')
    // Whoever the provider lets in has proven there what the company wants.
    const hasFactor = means.includes('sso') || this.#factors.factorsOf(user.id).length > 0
    if (!hasFactor && this.#factors.isWanted(user)) needs.push('second-factor')
    return this.#sessions.open(user, place, { means, needs })
  }
}
