import { isRefusal, makeId, type Mistake, type Refusal, randomToken, type UserId } from '@vaxel/base'
import type { ConfigurationChange, ConfigurationReader, User } from '@vaxel/core'
import { DirectoryOverlay } from './directory-overlay.ts'
import { isSame } from './differing-fields.ts'
import type { Acting, AdministrationDependencies } from './scope.ts'
import { decideChangedUser, decideNewUser, madePasswordLength, type NewUser, type UserPatch } from './user-service.ts'

export type UserItem =
  | { readonly create: Omit<NewUser, 'password'> }
  | { readonly userId: string; readonly change: UserPatch }

/** What came, or would come, of one item. */
export type ItemVerdict =
  | {
      readonly what: 'made' | 'changed' | 'same'
      readonly login: string
      readonly userId: string
      readonly password?: string
    }
  | { readonly what: 'refused'; readonly code: string; readonly text: string; readonly mistakes?: readonly Mistake[] }

interface Decided {
  readonly verdicts: readonly ItemVerdict[]
  readonly changes: readonly ConfigurationChange[]
  readonly made: readonly User[]
}

/** Many users at once: all of them or none, and first a look at what would come of it. */
export class UserBatch {
  readonly #around: AdministrationDependencies

  constructor(dependencies: AdministrationDependencies) {
    this.#around = dependencies
  }

  preview(acting: Acting, items: readonly UserItem[]): readonly ItemVerdict[] {
    return this.#decide(this.#around.configuration.current, acting, items, this.#ids(items)).verdicts
  }

  /** Nothing is done when one item is refused. @param withPasswords makes one for each new user, told in the verdicts */
  async perform(
    acting: Acting,
    items: readonly UserItem[],
    withPasswords: boolean,
  ): Promise<{ isDone: boolean; verdicts: readonly ItemVerdict[] } | Refusal> {
    const { configuration, credentials, random } = this.#around
    const ids = this.#ids(items)
    const first = this.#decide(configuration.current, acting, items, ids)
    if (first.verdicts.some(({ what }) => what === 'refused')) return { isDone: false, verdicts: first.verdicts }
    const passwords = new Map<string, { password: string; hash: string }>()
    if (withPasswords)
      for (const { id } of first.made) {
        const password = randomToken(madePasswordLength, random)
        passwords.set(id, { password, hash: await credentials.hashPassword(password) })
      }
    let verdicts = first.verdicts
    const refusal = await configuration.change(acting.actor, (current) => {
      const decided = this.#decide(current, acting, items, ids)
      verdicts = decided.verdicts
      if (verdicts.some(({ what }) => what === 'refused')) return []
      const { companyId } = acting
      const hashes = decided.made.flatMap(({ id }): ConfigurationChange[] => {
        const made = passwords.get(id)
        return made ? [{ kind: 'password', after: { userId: id, companyId, hash: made.hash } }] : []
      })
      return [...decided.changes, ...hashes]
    })
    if (refusal) return refusal
    const isDone = !verdicts.some(({ what }) => what === 'refused')
    return { isDone, verdicts: isDone ? verdicts.map((verdict) => withPassword(verdict, passwords)) : verdicts }
  }

  #ids(items: readonly UserItem[]): readonly UserId[] {
    const { clock, random } = this.#around
    const nowMs = clock.now()
    return items.map(() => makeId<UserId>(nowMs, random))
  }

  #decide(current: ConfigurationReader, acting: Acting, items: readonly UserItem[], ids: readonly UserId[]): Decided {
    const overlay = new DirectoryOverlay(current)
    const changes: ConfigurationChange[] = []
    const made: User[] = []
    const verdicts = items.map((item, i): ItemVerdict => {
      const isNew = 'create' in item
      const decided = isNew
        ? decideNewUser(overlay.asReader, acting, { ...item.create, id: ids[i]! })
        : decideChangedUser(overlay.asReader, acting, item.userId, item.change)
      if (isRefusal(decided)) return refusedItem(decided)
      const { user } = decided
      const before = isNew ? undefined : overlay.user(user.id)
      const login = `${user.name}@${user.domain}`
      if (before && isSame(before, user)) return { what: 'same', login, userId: user.id }
      overlay.apply(decided.changes)
      changes.push(...decided.changes)
      if (isNew) made.push(user)
      return { what: isNew ? 'made' : 'changed', login, userId: user.id }
    })
    return { verdicts, changes, made }
  }
}

const refusedItem = ({ code, text, mistakes }: Refusal): ItemVerdict => ({
  what: 'refused',
  code,
  text,
  ...(mistakes ? { mistakes } : {}),
})

function withPassword(
  verdict: ItemVerdict,
  passwords: ReadonlyMap<string, { readonly password: string }>,
): ItemVerdict {
  const made = verdict.what === 'made' ? passwords.get(verdict.userId) : undefined
  return made && verdict.what === 'made' ? { ...verdict, password: made.password } : verdict
}
