import type { Clock, Mistake, Refusal } from '@vaxel/base'
import { InvalidRequest, NotFound, type OperationRequest, type Principal, type putMyShortDials } from '@vaxel/contract'
import {
  type Company,
  type ConfigurationReader,
  ownShortDials,
  resolveNumber,
  type User,
  type UserSettings,
  userIn,
} from '@vaxel/core'
import { SettingWriter } from './setting-writer.ts'

type Entries = OperationRequest<typeof putMyShortDials>['body']['entries']

/** People's own short dials. */
export class ShortDialService {
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

  read(principal: Principal): { entries: Entries } | Refusal {
    const user = userIn(this.#configuration.current, principal, principal.userId)
    if (!user) return NotFound()
    return { entries: (this.#settings.get(user.id, 'shortDials')?.entries ?? []).map((entry) => ({ ...entry })) }
  }

  async put(principal: Principal, entries: Entries, address: string): Promise<{ entries: Entries } | Refusal> {
    const user = userIn(this.#configuration.current, principal, principal.userId)
    const company = user && this.#configuration.current.company(user.companyId)
    if (!user || !company) return NotFound()
    const mistakes = entries.flatMap((_, i) => this.#mistakesOf(user, company, entries, i))
    if (mistakes.length > 0) return InvalidRequest(undefined, { mistakes })
    await this.#writer.put(user, 'shortDials', { entries }, { by: `user:${principal.userId}`, address })
    return { entries }
  }

  #mistakesOf(user: User, company: Company, entries: Entries, i: number): readonly Mistake[] {
    const { code, to } = entries[i]!
    const isTwice = entries.findIndex((other) => other.code === code) < i
    const why = whyNoShortDial(this.#configuration.current, user, company, to)
    return [
      ...(isTwice ? [{ path: `/entries/${i}/code`, reason: 'is there twice' }] : []),
      ...(why === undefined ? [] : [{ path: `/entries/${i}/to`, reason: why }]),
    ]
  }
}

function whyNoShortDial(directory: ConfigurationReader, user: User, company: Company, to: string): string | undefined {
  if (to.startsWith(ownShortDials)) return 'is a short dial itself'
  const resolved = resolveNumber(directory, company, user.domain, to)
  if (resolved.kind === 'emergency') return 'is an emergency number, which is dialled as it is'
  return resolved.kind === 'unknown' ? `cannot be dialled: ${resolved.reason}` : undefined
}
