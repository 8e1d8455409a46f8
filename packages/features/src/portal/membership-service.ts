import type { Clock, Refusal } from '@vaxel/base'
import { NotFound, type OperationReply, type Principal, type joinMyGroup } from '@vaxel/contract'
import type { ConfigurationReader, PhoneNumber, User, UserSettings } from '@vaxel/core'
import { userIn } from '@vaxel/core'
import { type Author, SettingWriter } from './setting-writer.ts'

type Membership = OperationReply<typeof joinMyGroup>

/** Which groups and lines people belong to, and whether they take their calls now. */
export class MembershipService {
  readonly #configuration: { readonly current: ConfigurationReader }
  readonly #settings: UserSettings
  readonly #writer: SettingWriter

  constructor(options: {
    configuration: { readonly current: ConfigurationReader }
    settings: UserSettings
    clock: Clock
  }) {
    this.#configuration = options.configuration
    this.#settings = options.settings
    this.#writer = new SettingWriter(options)
  }

  list(principal: Principal): { items: Membership[] } | Refusal {
    const user = userIn(this.#configuration.current, principal, principal.userId)
    return user ? { items: this.groupsOf(user).map((group) => this.#view(user, group)) } : NotFound()
  }

  async join(
    principal: Principal,
    of: { readonly userId: string; readonly number: string; readonly isIn: boolean },
    address: string,
  ): Promise<Membership | Refusal> {
    const user = userIn(this.#configuration.current, principal, of.userId)
    const group = user && this.groupsOf(user).find(({ number }) => number === of.number)
    if (!user || !group) return NotFound()
    await this.setIn(user, [group.number], of.isIn, { by: `user:${principal.userId}`, address })
    return this.#view(user, group)
  }

  /** The numbers of the groups and lines that somebody belongs to. */
  groupsOf({ id, companyId }: User): readonly PhoneNumber[] {
    return this.#configuration.current
      .numbersOf(companyId)
      .filter(({ target }) => (target.kind === 'group' || target.kind === 'shared') && target.userIds.includes(id))
  }

  /** Takes calls of these groups from now on, or none for now. */
  async setIn(user: User, numbers: readonly string[], isIn: boolean, author: Author): Promise<void> {
    const out = new Set(this.#settings.get(user.id, 'memberships')?.loggedOutOf)
    for (const number of numbers)
      if (isIn) out.delete(number)
      else out.add(number)
    await this.#writer.put(user, 'memberships', { loggedOutOf: [...out] }, author)
  }

  #view(user: User, { number, target }: PhoneNumber): Membership {
    const isOut = this.#settings.get(user.id, 'memberships')?.loggedOutOf.includes(number) === true
    const callsOutAs = target.kind === 'shared' && target.callsOutAs !== 'member' ? target.callsOutAs : undefined
    return {
      number,
      name: 'name' in target ? (target.name ?? number) : number,
      isIn: !isOut,
      ...(callsOutAs ? { callsOutAs } : {}),
    }
  }
}
