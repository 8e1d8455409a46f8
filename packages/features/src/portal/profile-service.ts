import type { Clock, DeviceId, Mistake, Refusal } from '@vaxel/base'
import {
  type chooseMyProfile,
  InvalidRequest,
  NotFound,
  type OperationReply,
  type OperationRequest,
  type Principal,
  type putMyProfiles,
  type readMyProfiles,
} from '@vaxel/contract'
import type { ConfigurationReader, User, UserSettings, WorkProfile, WorkProfiles } from '@vaxel/core'
import { userIn } from '@vaxel/core'
import { whyNotThere } from './forward-target.ts'
import { untilText } from './handling-shape.ts'
import { type Author, SettingWriter } from './setting-writer.ts'

type View = OperationReply<typeof readMyProfiles>
type ListBody = OperationRequest<typeof putMyProfiles>['body']['list']
type Active = OperationRequest<typeof chooseMyProfile>['body']['active']

/** People's profiles: which devices ring and where calls go, all at once, by where somebody works. */
export class ProfileService {
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

  read(principal: Principal): View | Refusal {
    const user = userIn(this.#configuration.current, principal, principal.userId)
    return user ? viewOf(this.#of(user)) : NotFound()
  }

  /** Puts profiles in place of those that were; one that is gone no longer holds. */
  async put(principal: Principal, list: ListBody, address: string): Promise<View | Refusal> {
    const user = userIn(this.#configuration.current, principal, principal.userId)
    if (!user) return NotFound()
    const mistakes = this.#mistakesOf(user, list)
    if (mistakes.length > 0) return InvalidRequest(undefined, { mistakes })
    const { active } = this.#of(user)
    const isKept = active && list.some(({ id }) => id === active.id)
    const profiles: WorkProfiles = { list: list as readonly WorkProfile[], ...(isKept ? { active } : {}) }
    await this.#writer.put(user, 'profiles', profiles, { by: `user:${principal.userId}`, address })
    return viewOf(profiles)
  }

  /** Lets one of the profiles hold, or none. */
  async choose(principal: Principal, active: Active, address: string): Promise<View | Refusal> {
    const user = userIn(this.#configuration.current, principal, principal.userId)
    if (!user) return NotFound()
    const untilMs = active?.until === undefined ? {} : { untilMs: Date.parse(active.until) }
    const wanted = active ? { id: active.id, ...untilMs } : undefined
    const author = { by: `user:${principal.userId}`, address }
    return (await this.setActive(user, wanted, author)) ?? viewOf(this.#of(user))
  }

  /** The user's profiles, in their order. */
  listOf(user: User): readonly WorkProfile[] {
    return this.#of(user).list
  }

  async setActive(user: User, active: WorkProfiles['active'], author: Author): Promise<Refusal | undefined> {
    const { list } = this.#of(user)
    if (active && !list.some(({ id }) => id === active.id)) return NotFound('There is no such profile.')
    await this.#writer.put(user, 'profiles', { list, ...(active ? { active } : {}) }, author)
    return undefined
  }

  #of(user: User): WorkProfiles {
    return this.#settings.get(user.id, 'profiles') ?? { list: [] }
  }

  #mistakesOf(user: User, list: ListBody): readonly Mistake[] {
    const { current } = this.#configuration
    const company = current.company(user.companyId)
    const isOwn = (id: string): boolean => current.device(id as DeviceId)?.userId === user.id
    return list.flatMap(({ id, deviceIds = [], forward }, i) => {
      const refusal = forward && company && whyNotThere(current, user, company, forward.to)
      return [
        ...(list.findIndex((other) => other.id === id) < i
          ? [{ path: `/list/${i}/id`, reason: 'is there twice' }]
          : []),
        ...deviceIds.flatMap((device, at) =>
          isOwn(device) ? [] : [{ path: `/list/${i}/deviceIds/${at}`, reason: 'is no device of yours' }],
        ),
        ...(refusal ? [{ path: `/list/${i}/forward/to`, reason: refusal.text }] : []),
      ]
    })
  }
}

function viewOf({ list, active }: WorkProfiles): View {
  return {
    list: list.map(({ deviceIds, forward, ...profile }) => ({
      ...profile,
      ...(deviceIds ? { deviceIds: [...deviceIds] } : {}),
      ...(forward ? { forward: { ...forward } } : {}),
    })),
    ...(active ? { active: { id: active.id, ...untilText(active.untilMs) } } : {}),
  }
}
