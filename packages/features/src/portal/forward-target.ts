import type { Refusal } from '@vaxel/base'
import { ForwardsInCircle, ForwardsNowhere } from '@vaxel/contract'
import { type Company, type Directory, resolveNumber, routeCall, toE164, type User } from '@vaxel/core'

/** The user whom a number reaches for this one, if it reaches one alone. */
export function userAt(directory: Directory, user: User, company: Company, to: string): User | undefined {
  const resolved = resolveNumber(directory, company, user.domain, to)
  if (resolved.kind === 'user') return resolved.user
  if (resolved.kind !== 'own' || resolved.number.target.kind !== 'user') return undefined
  return directory.user(resolved.number.target.userId)
}

/** Why a user's calls cannot go to a number, or undefined. */
export function whyNotThere(directory: Directory, user: User, company: Company, to: string): Refusal | undefined {
  if (userAt(directory, user, company, to)?.id === user.id)
    return ForwardsInCircle(`${to} is you: calls would come back at once.`)
  const from = { kind: 'user', user } as const
  const route = routeCall({ directory, company, domain: user.domain, from, dialled: to, sentBy: 'diversion' })
  if (route.kind === 'refused') return ForwardsNowhere(`Calls cannot go to ${to}: ${route.refusal.text}`)
  if (route.kind === 'trunk' && route.isEmergency)
    return ForwardsNowhere(`Calls cannot be forwarded to the emergency number ${to}.`)
  return undefined
}

/** What a number is called for people, where that is known. */
export function nameAt(directory: Directory, user: User, company: Company, to: string): string | undefined {
  const target = userAt(directory, user, company, to)
  if (target) return target.displayName
  const resolved = resolveNumber(directory, company, user.domain, to)
  if (resolved.kind === 'own' && 'name' in resolved.number.target) return resolved.number.target.name
  return resolved.kind === 'external' ? toE164(to, company.country) : undefined
}
