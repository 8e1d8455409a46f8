import { isRefusal, makeId, type Refusal, randomToken, type UserId } from '@vaxel/base'
import { Conflict, InvalidRequest, NotAllowed, NotFound, StillInUse } from '@vaxel/contract'
import type { ConfigurationChange, ConfigurationReader, PhoneNumber, User } from '@vaxel/core'
import { standsAbove, userIn } from '@vaxel/core'
import { refuseEmergency } from './refuse-emergency.ts'
import { type Acting, type AdministrationDependencies, endBindings, patched } from './scope.ts'

/** 80 bits, typed by hand once. */
export const madePasswordLength = 16

export interface NewUser extends Partial<Omit<User, 'id' | 'companyId'>> {
  readonly name: string
  readonly displayName: string
  readonly password?: string
}

export type UserPatch = {
  readonly [K in keyof Omit<User, 'id' | 'companyId' | 'domain' | 'name'>]?: User[K] | null
}

/** Users, their web passwords and the extensions that reach them. */
export class UserService {
  readonly #around: AdministrationDependencies

  constructor(dependencies: AdministrationDependencies) {
    this.#around = dependencies
  }

  list({ companyId }: Acting): readonly User[] {
    return this.#around.configuration.current.usersOf(companyId)
  }

  read(acting: Acting, userId: string): User | Refusal {
    return userIn(this.#around.configuration.current, acting, userId) ?? NotFound()
  }

  /** `password` of the result is there when it was made here. */
  async create(acting: Acting, wanted: NewUser): Promise<{ user: User; password?: string } | Refusal> {
    const { configuration, credentials, clock, random } = this.#around
    const { companyId, actor } = acting
    const { password, domain: wantedDomain, ...rest } = wanted
    const made = password ?? randomToken(madePasswordLength, random)
    const hash = await credentials.hashPassword(made)
    const id = makeId<UserId>(clock.now(), random)
    let user: User | undefined
    const refusal = await configuration.change(actor, (current) => {
      const decided = decideNewUser(current, acting, {
        ...rest,
        ...(wantedDomain === undefined ? {} : { domain: wantedDomain }),
        id,
      })
      if (isRefusal(decided)) return decided
      user = decided.user
      return [...decided.changes, { kind: 'password', after: { userId: id, companyId, hash } }]
    })
    if (refusal) return refusal
    return password === undefined ? { user: user!, password: made } : { user: user! }
  }

  async change(
    acting: Acting,
    userId: string,
    { password, ...patch }: UserPatch & { readonly password?: string },
  ): Promise<User | Refusal> {
    const { configuration, credentials, sessions, clock } = this.#around
    const hash = password === undefined ? undefined : await credentials.hashPassword(password)
    let after: User | undefined
    const refusal = await configuration.change(acting.actor, (current) => {
      const decided = decideChangedUser(current, acting, userId, patch)
      if (isRefusal(decided)) return decided
      const { id, companyId } = decided.user
      if (hash !== undefined && standsAbove(current, acting, id)) return operatorAlone
      after = decided.user
      return hash === undefined
        ? decided.changes
        : [...decided.changes, { kind: 'password', after: { userId: id, companyId, hash } }]
    })
    if (refusal) return refusal
    if (hash !== undefined) await sessions.end({ userId: after!.id }, 'password changed', clock.now())
    return after!
  }

  async remove(acting: Acting, userId: string): Promise<Refusal | undefined> {
    const { configuration } = this.#around
    const decide = (current: ConfigurationReader) => removal(current, acting, userId)
    const refused = decide(configuration.current)
    if (isRefusal(refused)) return refused
    await endBindings(this.#around, userId as UserId)
    return configuration.change(acting.actor, decide)
  }
}

/** A user as decided, and everything that changes with it. */
interface DecidedUser {
  readonly user: User
  readonly changes: readonly ConfigurationChange[]
}

/** A new user with the number that reaches them; the password comes apart. */
export function decideNewUser(
  current: ConfigurationReader,
  acting: Acting,
  { id, domain: wantedDomain, ...wanted }: Omit<NewUser, 'password'> & { readonly id: UserId },
): DecidedUser | Refusal {
  const domain = chooseDomain(current, acting, wantedDomain)
  if (isRefusal(domain)) return domain
  if (current.userByAddress(domain, wanted.name)) return Conflict(`${wanted.name}@${domain} exists already.`)
  const { companyId } = acting
  const user: User = { language: 'en', role: 'user', limits: {}, ringSeconds: 25, ...wanted, id, companyId, domain }
  const number = claimExtension(current, user)
  return isRefusal(number) ? number : { user, changes: [{ kind: 'user', after: user }, ...number] }
}

/** A user with what is named changed; a new extension takes the number along. */
export function decideChangedUser(
  current: ConfigurationReader,
  acting: Acting,
  userId: string,
  patch: UserPatch,
): DecidedUser | Refusal {
  const before = userIn(current, acting, userId)
  if (!before) return NotFound()
  const user = patched(before, patch)
  if (user.role !== before.role && standsAbove(current, acting, before.id)) return operatorAlone
  if (isLastAdministrator(current, before) && user.role !== 'administrator') return lastAdministrator
  const changes: ConfigurationChange[] = [{ kind: 'user', before, after: user }]
  if (user.extension !== before.extension) {
    const claimed = claimExtension(current, user)
    if (isRefusal(claimed)) return claimed
    changes.push(...releaseExtension(current, before), ...claimed)
  }
  return { user, changes }
}

/** A company without an administrator could not be helped by anybody in it. */
export const lastAdministrator = StillInUse("This is the company's last administrator. Make another one first.")

/** Whoever has an operator's password is the operator; without one nobody makes companies any more. */
export const operatorAlone = NotAllowed(
  'This is an operator of the installation. Role and password are changed, and the user is removed, by an operator alone.',
)

/** What goes with a user, or why the user must stay. */
export function removal(
  current: ConfigurationReader,
  acting: Acting,
  userId: string,
): readonly ConfigurationChange[] | Refusal {
  const before = userIn(current, acting, userId)
  if (!before) return NotFound()
  if (standsAbove(current, acting, before.id)) return operatorAlone
  if (before.id === acting.userId) return StillInUse('This is you. Let another administrator do it.')
  if (isLastAdministrator(current, before)) return lastAdministrator
  const numbers = withoutUser(current, before)
  return isRefusal(numbers) ? numbers : [...numbers, { kind: 'user', before }]
}

export function isLastAdministrator(current: ConfigurationReader, { id, companyId, role }: User): boolean {
  if (role !== 'administrator') return false
  return !current.usersOf(companyId).some((other) => other.id !== id && other.role === 'administrator')
}

function chooseDomain(
  current: ConfigurationReader,
  { companyId }: Acting,
  wanted: string | undefined,
): string | Refusal {
  const domains = [...current.domainsOf(companyId)].sort((a, b) => (a.name < b.name ? -1 : 1))
  const domain = wanted === undefined ? domains[0] : domains.find(({ name }) => name === wanted)
  if (domain) return domain.name
  const reason = wanted === undefined ? 'is needed: the company has no domain yet' : 'is no domain of the company'
  return InvalidRequest(undefined, { mistakes: [{ path: '/domain', reason }] })
}

/** The number that reaches the user, if the user has an extension. */
function claimExtension(current: ConfigurationReader, user: User): readonly ConfigurationChange[] | Refusal {
  const { extension: number, companyId, id } = user
  if (number === undefined) return []
  if (number.startsWith('+'))
    return InvalidRequest(undefined, { mistakes: [{ path: '/extension', reason: 'is internal: no plus sign' }] })
  const taken = current.number(companyId, number) ?? refuseEmergency(current, companyId, number)
  if (isRefusal(taken)) return taken
  if (!taken) return [{ kind: 'number', after: { number, companyId, target: { kind: 'user', userId: id } } }]
  if (taken.target.kind === 'user' && taken.target.userId === id) return []
  return Conflict(`The number ${number} exists already.`)
}

function releaseExtension(current: ConfigurationReader, user: User): readonly ConfigurationChange[] {
  const before = user.extension === undefined ? undefined : current.number(user.companyId, user.extension)
  if (before?.target.kind !== 'user' || before.target.userId !== user.id) return []
  return [{ kind: 'number', before }]
}

/** Numbers that reach only this user go; groups go on without. A group of nobody is refused. */
function withoutUser(current: ConfigurationReader, user: User): readonly ConfigurationChange[] | Refusal {
  const changes: ConfigurationChange[] = []
  for (const before of current.numbersOf(user.companyId)) {
    const { target } = before
    if (target.kind === 'user' && target.userId === user.id) changes.push({ kind: 'number', before })
    if ((target.kind !== 'group' && target.kind !== 'shared') || !target.userIds.includes(user.id)) continue
    const userIds = target.userIds.filter((id) => id !== user.id)
    if (userIds.length === 0) return StillInUse(`${target.name} (${before.number}) would have nobody left.`)
    const after: PhoneNumber = { ...before, target: { ...target, userIds } }
    changes.push({ kind: 'number', before, after })
  }
  return changes
}
