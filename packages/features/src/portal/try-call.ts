import type { Clock, CompanyId, Refusal, UserId } from '@vaxel/base'
import { NotFound, type OperationReply, type OperationRequest, type Principal, type tryCall } from '@vaxel/contract'
import {
  type BindingStore,
  type CallSource,
  type ConfigurationReader,
  type Party,
  type PeopleNow,
  type PresenceState,
  type Route,
  routeCall,
  toE164,
  type UserSettings,
  withheldNumber,
} from '@vaxel/core'

type Question = OperationRequest<typeof tryCall>['body']
type Answer = OperationReply<typeof tryCall>

/** What tried calls are decided by. */
export interface TryingDependencies {
  readonly configuration: { readonly current: ConfigurationReader }
  readonly settings: UserSettings
  readonly bindings: Pick<BindingStore, 'ofUser'>
  readonly clock: Clock
  /** Absent: no rule depends on how people are. */
  readonly presenceOf?: ((userId: UserId) => PresenceState) | undefined
}

/** Decides a call as routing does, without one: what would become of it, and why. */
export function tryOut(around: TryingDependencies, principal: Principal, question: Question): Answer | Refusal {
  const { current } = around.configuration
  const company = current.company(principal.companyId as CompanyId)
  const [domain] = company ? current.domainsOf(company.id) : []
  const who = company && callerOf(current, question, principal, company.country)
  if (!company || !domain || !who) return NotFound()
  const atMs = question.at === undefined ? around.clock.now() : Date.parse(question.at)
  const route = routeCall({
    directory: current,
    company,
    domain: domain.name,
    ...who,
    dialled: question.dialled,
    people: peopleAt(around, atMs),
    seed: question.dialled,
  })
  return answerOf(current, route)
}

function callerOf(
  current: ConfigurationReader,
  { from }: Question,
  { companyId }: Principal,
  country: string,
): { readonly from: CallSource; readonly caller: Party } | undefined {
  if (from.kind === 'user') {
    const user = current.user(from.userId as UserId)
    if (user?.companyId !== companyId) return undefined
    const caller = { number: user.extension ?? user.name, name: user.displayName, userId: user.id }
    return { from: { kind: 'user', user }, caller }
  }
  const { number } = from
  const caller = { number: number === undefined ? withheldNumber : (toE164(number, country) ?? number) }
  // From outside one reaches what the company has, as over any of its trunks.
  const trunk = { name: 'outside' } as Extract<CallSource, { kind: 'trunk' }>['trunk']
  return { from: { kind: 'trunk', trunk }, caller }
}

function peopleAt({ settings, bindings, presenceOf }: TryingDependencies, nowMs: number): PeopleNow {
  return {
    nowMs,
    handling: (userId) => settings.get(userId, 'handling'),
    profiles: (userId) => settings.get(userId, 'profiles'),
    filter: (userId) => settings.get(userId, 'filter'),
    memberships: (userId) => settings.get(userId, 'memberships'),
    shortDials: (userId) => settings.get(userId, 'shortDials'),
    presence: (userId) => presenceOf?.(userId),
    isReachable: (userId) => bindings.ofUser(userId).length > 0,
    isOnPhone: (userId) => presenceOf?.(userId) === 'busy',
    awaitsEmergencyCallBack: () => false,
  }
}

function answerOf(current: ConfigurationReader, route: Route): Answer {
  const nameOf = (userId: UserId): string => current.user(userId)?.displayName ?? userId
  const steps = route.decisions.map(({ code, params, text }) => ({
    code: `route.${code}`,
    params: { ...params },
    text,
  }))
  const empty = { rounds: [], onward: [], steps }
  switch (route.kind) {
    case 'refused':
      return { outcome: 'refused', ...empty }
    case 'service':
      return { outcome: 'service', to: route.number, name: route.service, ...empty }
    case 'trunk':
      return { outcome: 'outside', to: route.number, ...empty }
    case 'users': {
      const { busy, noAnswer, unavailable } = route.forwards ?? {}
      const onward = [
        ...(busy === undefined ? [] : [{ moment: 'busy' as const, to: busy }]),
        ...(noAnswer === undefined ? [] : [{ moment: 'noAnswer' as const, to: noAnswer }]),
        ...(unavailable === undefined ? [] : [{ moment: 'unreachable' as const, to: unavailable }]),
      ]
      const rounds = route.rounds.map(({ members, seconds }) => ({
        names: members.map(({ userId }) => nameOf(userId)),
        seconds,
      }))
      return { outcome: 'rings', to: route.number, name: route.name, rounds, onward, steps }
    }
  }
}
