import { type Clock, type Refusal, type UserId } from '@vaxel/base'
import {
  ForwardsInCircle,
  ForwardsNowhere,
  NotFound,
  type OperationReply,
  type OperationRequest,
  type Principal,
  type putMyForwarding,
  type readMyForwarding,
} from '@vaxel/contract'
import {
  type CallHandling,
  type Company,
  type ConfigurationWriter,
  type ForwardRule,
  type LedgerEvent,
  resolveNumber,
  routeCall,
  toE164,
  type User,
  type UserSettings,
} from '@vaxel/core'

type RulesView = OperationReply<typeof readMyForwarding>
type RulesBody = OperationRequest<typeof putMyForwarding>['body']

/** More is a circle for sure. */
const longestChain = 20

/** Where users' calls go, as they themselves or administrators say. */
export class HandlingService {
  readonly #configuration: ConfigurationWriter
  readonly #settings: UserSettings
  readonly #clock: Clock

  constructor(options: { configuration: ConfigurationWriter; settings: UserSettings; clock: Clock }) {
    this.#configuration = options.configuration
    this.#settings = options.settings
    this.#clock = options.clock
  }

  read(principal: Principal, userId: string): RulesView | Refusal {
    const user = this.#userOf(principal, userId)
    return user ? this.#view(user) : NotFound()
  }

  /** Puts a user's rules in place of those that were. Refuses rules that lead nowhere, back, or in a circle. */
  async put(principal: Principal, userId: string, rules: RulesBody, address: string): Promise<RulesView | Refusal> {
    const user = this.#userOf(principal, userId)
    const { current } = this.#configuration
    const company = user && current.company(user.companyId)
    if (!user || !company) return NotFound()
    const handling = toHandling(rules)
    for (const rule of rulesOf(handling)) {
      const refusal = this.#check(user, company, rule)
      if (refusal) return refusal
    }
    if (handling.always && this.#leadsBack(user, company, handling.always)) {
      const { to } = handling.always
      return ForwardsInCircle(`${to} forwards its calls back to you, directly or by others: nobody would ever ring.`)
    }
    const before = this.#settings.get(user.id, 'handling')
    const data = { userId: user.id, by: `user:${principal.userId}`, address, before, after: handling }
    const event: LedgerEvent = {
      kind: 'callHandling.changed',
      atMs: this.#clock.now(),
      companyId: user.companyId,
      data: data as unknown as LedgerEvent['data'],
    }
    await this.#settings.put({ userId: user.id, companyId: user.companyId, kind: 'handling', value: handling, event })
    return this.#view(user)
  }

  #userOf(principal: Principal, userId: string): User | undefined {
    const user = this.#configuration.current.user(userId as UserId)
    return user?.companyId === principal.companyId ? user : undefined
  }

  #check(user: User, company: Company, { to }: ForwardRule): Refusal | undefined {
    const { current: directory } = this.#configuration
    if (this.#targetOf(user, company, to)?.id === user.id)
      return ForwardsInCircle(`${to} is you: calls would come back at once.`)
    const route = routeCall({ directory, company, domain: user.domain, from: { kind: 'user', user }, dialled: to })
    if (route.kind === 'refused') return ForwardsNowhere(`Calls cannot go to ${to}: ${route.refusal.text}`)
    if (route.kind === 'trunk' && route.isEmergency)
      return ForwardsNowhere(`Calls cannot be forwarded to the emergency number ${to}.`)
    return undefined
  }

  #leadsBack(user: User, company: Company, rule: ForwardRule): boolean {
    const nowMs = this.#clock.now()
    let at: User | undefined = this.#targetOf(user, company, rule.to)
    for (let i = 0; at && i < longestChain; i++) {
      if (at.id === user.id) return true
      const next: ForwardRule | undefined = this.#settings.get(at.id, 'handling')?.always
      if (!next || (next.untilMs !== undefined && next.untilMs <= nowMs)) return false
      at = this.#targetOf(at, company, next.to)
    }
    return false
  }

  /** The user whom a number of a rule reaches, if it reaches one alone. */
  #targetOf(user: User, company: Company, to: string): User | undefined {
    const { current } = this.#configuration
    const resolved = resolveNumber(current, company, user.domain, to)
    if (resolved.kind === 'user') return resolved.user
    if (resolved.kind !== 'own' || resolved.number.target.kind !== 'user') return undefined
    return current.user(resolved.number.target.userId)
  }

  #view(user: User): RulesView {
    const { current } = this.#configuration
    const company = current.company(user.companyId)
    const handling = this.#settings.get(user.id, 'handling') ?? { callWaiting: true }
    const names: Record<string, string> = {}
    for (const { to } of rulesOf(handling)) {
      const name = company && this.#nameOf(user, company, to)
      if (name) names[to] = name
    }
    return { rules: toRules(handling), names }
  }

  #nameOf(user: User, company: Company, to: string): string | undefined {
    const target = this.#targetOf(user, company, to)
    if (target) return target.displayName
    const resolved = resolveNumber(this.#configuration.current, company, user.domain, to)
    if (resolved.kind === 'own' && resolved.number.target.kind === 'group') return resolved.number.target.name
    return resolved.kind === 'external' ? toE164(to, company.country) : undefined
  }
}

const rulesOf = ({ always, busy, noAnswer, unreachable }: CallHandling): ForwardRule[] =>
  [always, busy, noAnswer, unreachable].filter((rule) => rule !== undefined)

const untilMs = (until: string | undefined) => (until === undefined ? {} : { untilMs: Date.parse(until) })
const untilText = (ms: number | undefined) => (ms === undefined ? {} : { until: new Date(ms).toISOString() })

function toHandling({ always, busy, noAnswer, unreachable, callWaiting, doNotDisturb }: RulesBody): CallHandling {
  const rule = ({ to, until }: { to: string; until?: string }): ForwardRule => ({ to, ...untilMs(until) })
  return {
    callWaiting,
    ...(always ? { always: rule(always) } : {}),
    ...(busy ? { busy: rule(busy) } : {}),
    ...(noAnswer ? { noAnswer: { ...rule(noAnswer), afterSeconds: noAnswer.afterSeconds } } : {}),
    ...(unreachable ? { unreachable: rule(unreachable) } : {}),
    ...(doNotDisturb
      ? {
          doNotDisturb: {
            exceptions: doNotDisturb.exceptions,
            usesBusyRule: doNotDisturb.usesBusyRule,
            ...untilMs(doNotDisturb.until),
          },
        }
      : {}),
  }
}

function toRules({ always, busy, noAnswer, unreachable, callWaiting, doNotDisturb }: CallHandling): RulesView['rules'] {
  const rule = ({ to, untilMs: ms }: ForwardRule) => ({ to, ...untilText(ms) })
  return {
    callWaiting,
    ...(always ? { always: rule(always) } : {}),
    ...(busy ? { busy: rule(busy) } : {}),
    ...(noAnswer ? { noAnswer: { ...rule(noAnswer), afterSeconds: noAnswer.afterSeconds } } : {}),
    ...(unreachable ? { unreachable: rule(unreachable) } : {}),
    ...(doNotDisturb
      ? {
          doNotDisturb: {
            exceptions: [...doNotDisturb.exceptions],
            usesBusyRule: doNotDisturb.usesBusyRule,
            ...untilText(doNotDisturb.untilMs),
          },
        }
      : {}),
  }
}
