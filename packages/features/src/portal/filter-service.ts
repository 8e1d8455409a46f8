import type { Clock, Mistake, Refusal, UserId } from '@vaxel/base'
import {
  InvalidRequest,
  NotFound,
  type OperationReply,
  type OperationRequest,
  type Principal,
  type putMyFilter,
  type readMyFilter,
} from '@vaxel/contract'
import type { AssistantFilter, ConfigurationReader, User, UserSettings } from '@vaxel/core'
import { userIn } from '@vaxel/core'
import { fromList } from './handling-shape.ts'
import { type Author, SettingWriter } from './setting-writer.ts'

type Body = OperationRequest<typeof putMyFilter>['body']
type Mine = OperationReply<typeof readMyFilter>

/** Whose calls go to assistants first. */
export class FilterService {
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

  readMine(principal: Principal): Mine | Refusal {
    const user = userIn(this.#configuration.current, principal, principal.userId)
    if (!user) return NotFound()
    const filter = this.#settings.get(user.id, 'filter')
    const names = Object.fromEntries(
      (filter?.assistants ?? []).map((id) => [id, this.#configuration.current.user(id)?.displayName ?? id]),
    )
    const assists = this.assistedBy(user).map(({ id, displayName }) => ({
      userId: id,
      name: displayName,
      isOn: this.#settings.get(id, 'filter')?.isOn === true,
    }))
    return { ...(filter ? { filter: viewOf(filter) } : {}), names, assists }
  }

  read(principal: Principal, userId: string): { filter?: Body } | Refusal {
    const user = userIn(this.#configuration.current, principal, userId)
    const filter = user && this.#settings.get(user.id, 'filter')
    return user ? { ...(filter ? { filter: viewOf(filter) } : {}) } : NotFound()
  }

  async put(principal: Principal, userId: string, body: Body, address: string): Promise<Body | Refusal> {
    const user = userIn(this.#configuration.current, principal, userId)
    if (!user) return NotFound()
    const mistakes = this.#mistakesOf(user, body)
    if (mistakes.length > 0) return InvalidRequest(undefined, { mistakes })
    const filter: AssistantFilter = { ...body, assistants: body.assistants as UserId[] }
    await this.#writer.put(user, 'filter', filter, { by: `user:${principal.userId}`, address })
    return viewOf(filter)
  }

  /** By the person or one of the assistants; for everybody else the filter is not there. */
  async switch(
    principal: Principal,
    userId: string,
    isOn: boolean,
    address: string,
  ): Promise<{ isOn: boolean } | Refusal> {
    const user = userIn(this.#configuration.current, principal, userId)
    const self = userIn(this.#configuration.current, principal, principal.userId)
    if (!user || !self) return NotFound()
    return (await this.setOn(self, user, isOn, { by: `user:${self.id}`, address })) ?? { isOn }
  }

  /** Whose assistant a user is. */
  assistedBy({ id, companyId }: User): readonly User[] {
    return this.#configuration.current
      .usersOf(companyId)
      .filter((user) => this.#settings.get(user.id, 'filter')?.assistants.includes(id))
  }

  isOn(user: User): boolean | undefined {
    return this.#settings.get(user.id, 'filter')?.isOn
  }

  async setOn(self: User, user: User, isOn: boolean, author: Author): Promise<Refusal | undefined> {
    const filter = this.#settings.get(user.id, 'filter')
    if (!filter || (self.id !== user.id && !filter.assistants.includes(self.id))) return NotFound()
    await this.#writer.put(user, 'filter', { ...filter, isOn }, author)
    return undefined
  }

  #mistakesOf(user: User, { isOn, assistants }: Body): readonly Mistake[] {
    const { current } = this.#configuration
    return [
      ...(isOn && assistants.length === 0
        ? [{ path: '/assistants', reason: 'names nobody: choose an assistant' }]
        : []),
      ...assistants.flatMap((id, i) => {
        const path = `/assistants/${i}`
        if (id === user.id) return [{ path, reason: 'is the person whose calls they are' }]
        if (assistants.indexOf(id) < i) return [{ path, reason: 'is there twice' }]
        return current.user(id as UserId)?.companyId === user.companyId
          ? []
          : [{ path, reason: 'is no user of the company' }]
      }),
    ]
  }
}

function viewOf({ assistants, allowed, ...filter }: AssistantFilter): Body {
  return { ...filter, assistants: [...assistants], allowed: fromList(allowed) }
}
