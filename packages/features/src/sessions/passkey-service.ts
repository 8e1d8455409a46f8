import { makeId, type Refusal, type UserId } from '@vaxel/base'
import { LoginExpired, NotFound, PasskeyNeedsName, type Principal, StillInUse, WrongPasskey } from '@vaxel/contract'
import type { LedgerEvent, Passkey, PasskeyAnswer, PasskeyCreation, RelyingParty, User } from '@vaxel/core'
import type { SessionDependencies } from './dependencies.ts'
import type { FailedLogins } from './failed-logins.ts'
import { lastFactor, type SecondFactorService } from './second-factors.ts'

const questionMs = 10 * 60_000
const mostOfOne = 20

interface Question {
  readonly challenge: string
  readonly origin: string
  /** Whose passkey it must be; absent: whoever answers. */
  readonly userId?: string
}

/** A question that was asked to prove somebody again is not one to log in with. */
type PasskeyPurpose = 'passkey' | 'proof'

/** Passkeys (WebAuthn): adding and removing them, and logging in with them. */
export class PasskeyService {
  readonly #around: SessionDependencies
  readonly #factors: SecondFactorService
  readonly #failed: FailedLogins

  constructor(dependencies: SessionDependencies, factors: SecondFactorService, failed: FailedLogins) {
    this.#around = dependencies
    this.#factors = factors
    this.#failed = failed
  }

  /** Asks for a new passkey of this user. */
  async start(
    principal: Principal,
    origin: string,
  ): Promise<{ ticket: string; options: Record<string, unknown> } | Refusal> {
    const { configuration, identity, passkeys, tickets } = this.#around
    const user = configuration.current.user(principal.userId as UserId)
    const at = relyingParty(origin)
    if (!user) return NotFound()
    if (!at) return PasskeyNeedsName()
    const known = identity.passkeysOf(user.id)
    if (known.length >= mostOfOne) return StillInUse(`You have ${mostOfOne} passkeys. Remove one first.`)
    const { id, name, domain, displayName } = user
    const asked = await passkeys.creationOptions(
      at,
      { id, login: `${name}@${domain}`, displayName },
      known.filter(({ rpId }) => rpId === at.rpId),
    )
    const question: Question = { challenge: asked.challenge, origin, userId: id }
    return { ticket: tickets.seal(question, 'new-passkey', questionMs), options: asked.options }
  }

  /** @returns the passkey, and recovery codes if it is the first second factor */
  async add(
    principal: Principal,
    { ticket, passkey: creation, name }: { ticket: string; passkey: PasskeyCreation; name: string },
    client: { origin: string; address: string },
  ): Promise<{ passkey: Passkey; codes: readonly string[] } | Refusal> {
    const { configuration, identity, passkeys, tickets, clock, random } = this.#around
    const user = configuration.current.user(principal.userId as UserId)
    const at = relyingParty(client.origin)
    const question = tickets.open<Question>(ticket, 'new-passkey')
    if (!at) return PasskeyNeedsName()
    if (!user || !question || question.userId !== user.id || question.origin !== client.origin) return LoginExpired()
    const made = await passkeys.verifyCreation(at, question.challenge, creation)
    if ('wrong' in made) return WrongPasskey(`The passkey was not accepted: ${made.wrong}.`)
    if (identity.passkeyByCredential(made.credentialId)) return StillInUse('This passkey is here already.')
    if (identity.passkeysOf(user.id).length >= mostOfOne) return StillInUse()
    if (!tickets.useUp(ticket)) return LoginExpired()
    const passkey: Passkey = {
      ...made,
      id: makeId(clock.now(), random),
      userId: user.id,
      companyId: user.companyId,
      rpId: at.rpId,
      name,
      createdAtMs: clock.now(),
      isSuspect: false,
    }
    await identity.putPasskey(passkey, [this.#told(passkey, 'passkey-added', client.address)])
    return { passkey, codes: await this.#factors.ensureRecovery(user) }
  }

  async rename(principal: Principal, passkeyId: string, name: string, address: string): Promise<Passkey | Refusal> {
    const before = this.#own(principal, passkeyId)
    if (!before) return NotFound()
    const after = { ...before, name }
    await this.#around.identity.putPasskey(after, [this.#told(after, 'passkey-renamed', address)])
    return after
  }

  async remove(principal: Principal, passkeyId: string, address: string): Promise<Refusal | undefined> {
    const { identity, configuration } = this.#around
    const passkey = this.#own(principal, passkeyId)
    const user = configuration.current.user(principal.userId as UserId)
    if (!passkey || !user) return NotFound()
    const factors = identity.secondFactors(user.id)
    const others = identity.passkeysOf(user.id).filter(({ id, isSuspect }) => id !== passkeyId && !isSuspect)
    const isLast = others.length === 0 && !factors?.codes
    if (isLast && this.#factors.isWanted(user)) return lastFactor
    await identity.removePasskeys([passkeyId], [this.#told(passkey, 'passkey-removed', address)])
    if (isLast && factors) await identity.setSecondFactors({ ...factors, recoveryHashes: [] }, [])
    return undefined
  }

  /** Asks for a passkey: of this user, or with nobody named of whoever is there. */
  async ask(
    origin: string,
    user: User | undefined,
    purpose: PasskeyPurpose = 'passkey',
  ): Promise<{ ticket: string; options: Record<string, unknown> } | Refusal> {
    const at = relyingParty(origin)
    if (!at) return PasskeyNeedsName()
    const { identity, passkeys, tickets } = this.#around
    const known = user ? identity.passkeysOf(user.id).filter((key) => key.rpId === at.rpId && !key.isSuspect) : []
    if (user && known.length === 0)
      return PasskeyNeedsName(
        `None of your passkeys belongs to ${at.rpId}. Use another way, or open the address they were made at.`,
      )
    const { challenge, options } = await passkeys.requestOptions(at, known)
    const question: Question = { challenge, origin, ...(user ? { userId: user.id } : {}) }
    return { ticket: tickets.seal(question, purpose, questionMs), options }
  }

  /** Whose passkey has answered. The ticket is used up by a success. */
  async verify(
    ticket: string,
    answer: PasskeyAnswer,
    client: { origin: string; address: string },
    purpose: PasskeyPurpose = 'passkey',
  ): Promise<{ user: User; stoodAlone: boolean } | Refusal> {
    const at = relyingParty(client.origin)
    if (!at) return PasskeyNeedsName()
    const { identity, passkeys, tickets, clock, configuration } = this.#around
    const tried = { what: 'passkey', key: '', from: client.address, address: client.address } as const
    const refused = this.#failed.refuse(tried)
    if (refused) return refused
    const question = tickets.open<Question>(ticket, purpose)
    if (!question || question.origin !== client.origin) return LoginExpired()
    const stoodAlone = question.userId === undefined
    const passkey = identity.passkeyByCredential(answer.id)
    const user = passkey && configuration.current.user(passkey.userId)
    const isMeant = passkey?.rpId === at.rpId && (stoodAlone || passkey.userId === question.userId)
    const proof =
      user && passkey && isMeant && !passkey.isSuspect
        ? await passkeys.verifyAnswer(at, question.challenge, passkey, answer, stoodAlone)
        : { wrong: 'unknown' }
    if (!user || !passkey || 'wrong' in proof) {
      await this.#failed.failed(tried, user)
      return WrongPasskey()
    }
    // WebAuthn §7.2 step 22: both zero means that the authenticator does not count.
    if (passkey.counter > 0 || proof.counter > 0)
      if (proof.counter <= passkey.counter) return this.#suspect(passkey, client.address)
    if (!tickets.useUp(ticket)) return LoginExpired()
    const used = { ...passkey, counter: proof.counter, isBackedUp: proof.isBackedUp, usedAtMs: clock.now() }
    await identity.putPasskey(used, [])
    this.#failed.succeeded(tried)
    return { user, stoodAlone }
  }

  async #suspect(passkey: Passkey, address: string): Promise<Refusal> {
    const { identity, clock } = this.#around
    const { companyId, userId, name } = passkey
    const data = { userId, name, address }
    await identity.putPasskey({ ...passkey, isSuspect: true }, [
      { kind: 'security.passkeyCopied', atMs: clock.now(), companyId, data },
    ])
    return WrongPasskey(
      `The counter of the passkey “${name}” went back, as that of a copy does. It is refused from now on: log in another way, remove it and add it again.`,
    )
  }

  #own(principal: Principal, passkeyId: string): Passkey | undefined {
    return this.#around.identity.passkeysOf(principal.userId as UserId).find(({ id }) => id === passkeyId)
  }

  #told({ userId, companyId, name }: Passkey, what: string, address: string): LedgerEvent {
    const data = { userId, by: `user:${userId}`, address, what, name }
    return { kind: 'identity.changed', atMs: this.#around.clock.now(), companyId, data }
  }
}

/** Where WebAuthn works: a host name, with TLS unless it is this machine's own (WebAuthn §5.1.3, Secure Contexts §3.1). */
export function relyingParty(origin: string): RelyingParty | undefined {
  if (!URL.canParse(origin)) return undefined
  const { hostname, protocol } = new URL(origin)
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost')
  const isAddress = hostname.startsWith('[') || /^\d+(\.\d+){3}$/.test(hostname)
  if (isAddress || (protocol !== 'https:' && !isLocal)) return undefined
  return { rpId: hostname, origin }
}
