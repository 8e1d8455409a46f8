import { type Clock, type Mistake, type Refusal, isTimeZone } from '@vaxel/base'
import { ForwardsInCircle, InvalidRequest, NotFound, type Principal } from '@vaxel/contract'
import {
  type CallHandling,
  type Company,
  type ConfigurationReader,
  type ForwardRule,
  type User,
  type UserSettings,
  userIn,
} from '@vaxel/core'
import { nameAt, userAt, whyNotThere } from './forward-target.ts'
import { type RulesBody, type RulesView, targetsOf, toHandling, toRules } from './handling-shape.ts'
import { type Author, SettingWriter } from './setting-writer.ts'

/** More is a circle for sure. */
const longestChain = 20

/** Where users' calls go, as they themselves or administrators say. */
export class HandlingService {
  readonly #configuration: { readonly current: ConfigurationReader }
  readonly #settings: UserSettings
  readonly #clock: Clock
  readonly #writer: SettingWriter

  constructor(options: {
    configuration: { readonly current: ConfigurationReader }
    settings: UserSettings
    clock: Clock
  }) {
    this.#configuration = options.configuration
    this.#settings = options.settings
    this.#clock = options.clock
    this.#writer = new SettingWriter(options)
  }

  read(principal: Principal, userId: string): RulesView | Refusal {
    const user = userIn(this.#configuration.current, principal, userId)
    return user ? this.#view(user) : NotFound()
  }

  /** Puts a user's rules in place of those that were. Refuses rules that lead nowhere, back, or in a circle. */
  async put(principal: Principal, userId: string, rules: RulesBody, address: string): Promise<RulesView | Refusal> {
    const user = userIn(this.#configuration.current, principal, userId)
    if (!user) return NotFound()
    const mistakes = mistakesOf(rules)
    if (mistakes.length > 0) return InvalidRequest(undefined, { mistakes })
    const author = { by: `user:${principal.userId}`, address }
    return (await this.set(user, () => toHandling(rules), author)) ?? this.#view(user)
  }

  /** Changes a user's rules, if they then lead somewhere. */
  async set(user: User, change: (before: CallHandling) => CallHandling, author: Author): Promise<Refusal | undefined> {
    const { current } = this.#configuration
    const company = current.company(user.companyId)
    if (!company) return NotFound()
    const handling = change(this.#settings.get(user.id, 'handling') ?? { callWaiting: true })
    for (const to of targetsOf(handling)) {
      const refusal = whyNotThere(current, user, company, to)
      if (refusal) return refusal
    }
    if (handling.always && this.#leadsBack(user, company, handling.always)) {
      const { to } = handling.always
      return ForwardsInCircle(`${to} forwards its calls back to you, directly or by others: nobody would ever ring.`)
    }
    await this.#writer.put(user, 'handling', handling, author)
    return undefined
  }

  #leadsBack(user: User, company: Company, rule: ForwardRule): boolean {
    const { current } = this.#configuration
    const nowMs = this.#clock.now()
    let at: User | undefined = userAt(current, user, company, rule.to)
    for (let i = 0; at && i < longestChain; i++) {
      if (at.id === user.id) return true
      const next: ForwardRule | undefined = this.#settings.get(at.id, 'handling')?.always
      if (!next || (next.untilMs !== undefined && next.untilMs <= nowMs)) return false
      at = userAt(current, at, company, next.to)
    }
    return false
  }

  #view(user: User): RulesView {
    const { current } = this.#configuration
    const company = current.company(user.companyId)
    const handling = this.#settings.get(user.id, 'handling') ?? { callWaiting: true }
    const names: Record<string, string> = {}
    for (const to of targetsOf(handling)) {
      const name = company && nameAt(current, user, company, to)
      if (name) names[to] = name
    }
    return { rules: toRules(handling), names }
  }
}

/** What is wrong with rules in themselves; all of it at once. */
function mistakesOf({ rules = [], always, busy, noAnswer, unreachable }: RulesBody): readonly Mistake[] {
  const zoned = [
    ...Object.entries({ always, busy, noAnswer, unreachable }).map(
      ([name, rule]) => [`/${name}`, rule?.times] as const,
    ),
    ...rules.map(({ times }, i) => [`/rules/${i}`, times] as const),
  ]
  return [
    ...zoned.flatMap(([path, times]) =>
      times && !isTimeZone(times.timeZone)
        ? [{ path: `${path}/times/timeZone`, reason: 'is no time zone; write it as Europe/Stockholm' }]
        : [],
    ),
    ...rules.flatMap(({ moment, action }, i) =>
      action.kind !== 'forward' && moment !== 'always'
        ? [
            {
              path: `/rules/${i}/moment`,
              reason: 'must be `always` for a rule that lets calls through or refuses them',
            },
          ]
        : [],
    ),
    ...rules.flatMap(({ moment, afterSeconds }, i) =>
      afterSeconds !== undefined && moment !== 'noAnswer'
        ? [{ path: `/rules/${i}/afterSeconds`, reason: 'is only for calls that nobody answers' }]
        : [],
    ),
  ]
}
