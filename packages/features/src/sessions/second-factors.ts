import { type Refusal, randomToken, type UserId } from '@vaxel/base'
import { LoginExpired, NotFound, type Principal, StillInUse, WrongCode } from '@vaxel/contract'
import type { LedgerEvent, LoginMeans, SecondFactors, User } from '@vaxel/core'
import type { SessionDependencies } from './dependencies.ts'
import type { FailedLogins } from './failed-logins.ts'
import { LoginTurns } from './login-turns.ts'

const recoveryCodes = 10
/** 60 bits each, and guessing is slowed down. */
const recoveryLength = 12
const groupLength = /.{4}/g
const enrolmentMs = 15 * 60_000
const issuer = 'Vaxel'

interface Enrolment {
  readonly userId: string
  readonly secret: string
}

/** Authenticator apps and recovery codes: setting them up, and what they open. */
export class SecondFactorService {
  readonly #around: SessionDependencies
  readonly #failed: FailedLogins
  readonly #turns = new LoginTurns()

  constructor(dependencies: SessionDependencies, failed: FailedLogins) {
    this.#around = dependencies
    this.#failed = failed
  }

  /** What would do as the second factor of this user; empty: the user has none. */
  factorsOf(userId: UserId): readonly ('code' | 'recovery-code' | 'passkey')[] {
    const { identity } = this.#around
    const factors = identity.secondFactors(userId)
    const hasPasskey = identity.passkeysOf(userId).some(({ isSuspect }) => !isSuspect)
    if (!factors?.codes && !hasPasskey) return []
    return [
      ...(factors?.codes ? (['code'] as const) : []),
      ...(hasPasskey ? (['passkey'] as const) : []),
      ...(factors && factors.recoveryHashes.length > 0 ? (['recovery-code'] as const) : []),
    ]
  }

  /** Whether the company wants a second factor of this user. */
  isWanted(user: User): boolean {
    const { identity, configuration } = this.#around
    const { secondFactor } = identity.policy(user.companyId)
    if (secondFactor === 'everyone') return true
    const isAdministrator = user.role === 'administrator' || configuration.current.isOperator(user.id)
    return secondFactor === 'administrators' && isAdministrator
  }

  /** A code of the app or a recovery code. Each is good once; guesses count against the user from wherever they come. */
  checkCode(user: User, code: string, address: string): Promise<LoginMeans | Refusal> {
    return this.#turns.run(user.id, () => this.#checkCode(user, code, address))
  }

  async #checkCode(user: User, code: string, address: string): Promise<LoginMeans | Refusal> {
    const tried = { what: 'code', key: user.id, from: '', address } as const
    const refused = this.#failed.refuse(tried)
    if (refused) return refused
    const { identity, clock, codes } = this.#around
    const factors = identity.secondFactors(user.id)
    const sealed = factors?.codes
    const step = sealed && codes.stepOf(identity.open(sealed.sealed, sealOwner(user.id)), code, clock.now())
    if (factors && sealed && step !== undefined && step > sealed.lastStep) {
      this.#failed.succeeded(tried)
      await identity.setSecondFactors({ ...factors, codes: { ...sealed, lastStep: step } }, [])
      return 'code'
    }
    const hash = this.#hashRecovery(user.id, code)
    if (factors?.recoveryHashes.includes(hash)) {
      this.#failed.succeeded(tried)
      const recoveryHashes = factors.recoveryHashes.filter((other) => other !== hash)
      const used = this.#told(user, 'recovery-code-used', `user:${user.id}`, address)
      await identity.setSecondFactors({ ...factors, recoveryHashes }, [used])
      return 'recovery-code'
    }
    await this.#failed.failed(tried, user)
    return WrongCode()
  }

  /** A secret to be confirmed by a code; nothing is kept until then. */
  start(principal: Principal): { ticket: string; secret: string; uri: string } | Refusal {
    const user = this.#user(principal)
    if (!user) return NotFound()
    const { codes, tickets } = this.#around
    const secret = codes.newSecret()
    const enrolment: Enrolment = { userId: user.id, secret }
    return {
      ticket: tickets.seal(enrolment, 'codes', enrolmentMs),
      secret,
      uri: codes.uri(secret, `${user.name}@${user.domain}`, issuer),
    }
  }

  /** @returns recovery codes where there were none, else an empty list */
  async confirm(
    principal: Principal,
    { ticket, code }: { ticket: string; code: string },
    address: string,
  ): Promise<readonly string[] | Refusal> {
    const { codes, tickets, clock, identity } = this.#around
    const user = this.#user(principal)
    const enrolment = tickets.open<Enrolment>(ticket, 'codes')
    if (!user || enrolment?.userId !== user.id) return LoginExpired()
    const tried = { what: 'code', key: `new ${user.id}`, from: address, address } as const
    const refused = this.#failed.refuse(tried)
    if (refused) return refused
    const step = codes.stepOf(enrolment.secret, code, clock.now())
    if (step === undefined) {
      await this.#failed.failed(tried, undefined)
      return WrongCode('The code does not belong to this secret. Is the clock of the phone right?')
    }
    if (!tickets.useUp(ticket)) return LoginExpired()
    const before = identity.secondFactors(user.id)
    const sealed = identity.seal(enrolment.secret, sealOwner(user.id))
    const made = this.#recoveryIfNone(user, before)
    await identity.setSecondFactors(
      {
        userId: user.id,
        companyId: user.companyId,
        codes: { sealed, sinceMs: clock.now(), lastStep: step },
        recoveryHashes: made?.hashes ?? before?.recoveryHashes ?? [],
      },
      [this.#told(user, 'codes-set', `user:${user.id}`, address)],
    )
    return made?.codes ?? []
  }

  async remove(principal: Principal, address: string): Promise<Refusal | undefined> {
    const { identity } = this.#around
    const user = this.#user(principal)
    const before = user && identity.secondFactors(user.id)
    if (!user || !before?.codes) return undefined
    const isLast = !identity.passkeysOf(user.id).some(({ isSuspect }) => !isSuspect)
    if (isLast && this.isWanted(user)) return lastFactor
    const { codes: _, ...rest } = before
    const next: SecondFactors = isLast ? { ...rest, recoveryHashes: [] } : rest
    await identity.setSecondFactors(next, [this.#told(user, 'codes-removed', `user:${user.id}`, address)])
    return undefined
  }

  /** New ones in place of all before. */
  async renewRecovery(principal: Principal, address: string): Promise<readonly string[] | Refusal> {
    const user = this.#user(principal)
    if (!user || this.factorsOf(user.id).length === 0)
      return StillInUse('Recovery codes stand in for a second factor. Set up an authenticator app or a passkey first.')
    const { identity } = this.#around
    const made = this.#makeRecovery(user)
    const before = identity.secondFactors(user.id)
    await identity.setSecondFactors(
      { userId: user.id, companyId: user.companyId, ...before, recoveryHashes: made.hashes },
      [this.#told(user, 'recovery-codes-made', `user:${user.id}`, address)],
    )
    return made.codes
  }

  /** With the first factor of any kind. @returns the codes, empty when there are some already */
  async ensureRecovery(user: User): Promise<readonly string[]> {
    const { identity } = this.#around
    const before = identity.secondFactors(user.id)
    const made = this.#recoveryIfNone(user, before)
    if (!made) return []
    const next = { userId: user.id, companyId: user.companyId, ...before, recoveryHashes: made.hashes }
    await identity.setSecondFactors(next, [])
    return made.codes
  }

  /** Everything but the password goes: somebody has lost it. */
  async reset(user: User, by: string, address: string): Promise<void> {
    const { identity } = this.#around
    const told = this.#told(user, 'second-factors-reset', by, address)
    await identity.removePasskeys(
      identity.passkeysOf(user.id).map(({ id }) => id),
      [],
    )
    await identity.setSecondFactors({ userId: user.id, companyId: user.companyId, recoveryHashes: [] }, [told])
  }

  #recoveryIfNone(user: User, before: SecondFactors | undefined) {
    return before && before.recoveryHashes.length > 0 ? undefined : this.#makeRecovery(user)
  }

  #makeRecovery(user: User): { codes: readonly string[]; hashes: readonly string[] } {
    const codes = Array.from({ length: recoveryCodes }, () => {
      const text = randomToken(recoveryLength, this.#around.random)
      return text.match(groupLength)!.join('-')
    })
    return { codes, hashes: codes.map((code) => this.#hashRecovery(user.id, code)) }
  }

  /** With the user in it, so that equal codes of two users are not equal here. */
  #hashRecovery(userId: string, code: string): string {
    const plain = code.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1')
    return this.#around.credentials.hashToken(`${userId} ${plain}`)
  }

  #told(user: User, what: string, by: string, address: string): LedgerEvent {
    const { clock } = this.#around
    const data = { userId: user.id, by, address, what }
    return { kind: 'identity.changed', atMs: clock.now(), companyId: user.companyId, data }
  }

  #user({ userId }: Principal): User | undefined {
    return this.#around.configuration.current.user(userId as UserId)
  }
}

/** Binds a sealed secret to its user. */
const sealOwner = (userId: string): string => `codes of ${userId}`

export const lastFactor = StillInUse(
  'Your company wants a second factor, and this is your last one. Set up another one first.',
)
