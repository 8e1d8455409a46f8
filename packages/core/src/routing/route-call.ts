import type { Refusal, UserId } from '@vaxel/base'
import { resolveNumber } from '../numbering/resolve-number.ts'
import type { Company, Directory, PhoneNumber, Trunk, User } from '../ports/directory.ts'
import type { Service } from '../call/call.ts'
import { EmergencyWithoutTrunk, NoTrunkForNumber, NumberNotAllowed, NumberUnknown } from './errors.ts'

/** Who calls: a user's device, or the outside over a trunk. */
export type CallSource =
  | { readonly kind: 'user'; readonly user: User }
  | { readonly kind: 'trunk'; readonly trunk: Trunk }

/** Where a call goes; `explanation` has one sentence for each decision, in order. */
export type Route =
  | {
      readonly kind: 'users'
      readonly userIds: readonly UserId[]
      readonly number: string
      readonly name: string
      readonly ringMs: number
      readonly explanation: readonly string[]
    }
  | {
      readonly kind: 'service'
      readonly service: Service
      readonly number: string
      readonly explanation: readonly string[]
    }
  | {
      readonly kind: 'trunk'
      readonly trunks: readonly Trunk[]
      readonly number: string
      readonly isEmergency: boolean
      readonly explanation: readonly string[]
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly explanation: readonly string[] }

const defaultRingMs = 60_000

/**
 * Decides where a call goes and says why. Pure: the same directory and question give the same answer.
 * Calls from a trunk reach only what the company owns, never another trunk (no toll fraud by a stranger's call).
 */
export function routeCall(question: {
  directory: Directory
  company: Company
  domain: string
  from: CallSource
  dialled: string
}): Route {
  const { directory, company, domain, from, dialled } = question
  const explanation: string[] = []
  const say = (sentence: string): string[] => [...explanation, sentence]
  const resolved = resolveNumber(directory, company, domain, dialled)
  switch (resolved.kind) {
    case 'emergency': {
      if (from.kind === 'trunk') return fromOutside(company, from.trunk, dialled, explanation)
      const trunks = directory.trunksOf(company.id)
      if (trunks.length === 0)
        return {
          kind: 'refused',
          refusal: EmergencyWithoutTrunk(),
          explanation: say(`${dialled} is an emergency number, and no trunk is configured`),
        }
      return {
        kind: 'trunk',
        trunks: trunksFor(trunks, resolved.number, dialled, true),
        number: resolved.number,
        isEmergency: true,
        explanation: say(`${dialled} is an emergency number: it passes all limits`),
      }
    }
    case 'user':
      return ringUser(resolved.user, dialled, say(`${dialled} is ${resolved.user.displayName}`))
    case 'own':
      return routeOwn(directory, resolved.number, dialled)
    case 'unknown':
      return {
        kind: 'refused',
        refusal: NumberUnknown(`The number ${dialled} is not in use: ${resolved.reason}.`),
        explanation: say(`${dialled}: ${resolved.reason}`),
      }
    case 'external': {
      if (from.kind === 'trunk') return fromOutside(company, from.trunk, dialled, explanation)
      const trunks = trunksFor(directory.trunksOf(company.id), resolved.number, dialled, false)
      if (trunks.length === 0) {
        const isShort = !resolved.isE164 && resolved.number.length <= 6
        const refusal = isShort
          ? NumberUnknown(`The number ${dialled} is not in use.`)
          : NoTrunkForNumber(`No trunk takes calls to ${resolved.number}.`)
        return { kind: 'refused', refusal, explanation: say(`${dialled} is nobody's here, and no trunk takes it`) }
      }
      const barred = destinationBarred(company, from.user, resolved.number)
      if (barred) return { kind: 'refused', refusal: NumberNotAllowed(barred), explanation: say(barred) }
      return {
        kind: 'trunk',
        trunks,
        number: resolved.number,
        isEmergency: false,
        explanation: say(
          `${dialled} is ${resolved.number} outside, by trunk ${trunks.map((t) => t.name).join(', then ')}`,
        ),
      }
    }
  }
}

/** A call from outside may not go out again, not even to an emergency number: who calls is not here. */
function fromOutside(company: Company, trunk: Trunk, dialled: string, explanation: readonly string[]): Route {
  return {
    kind: 'refused',
    refusal: NumberUnknown(`The number ${dialled} does not belong to ${company.name}.`),
    explanation: [
      ...explanation,
      `a call from trunk ${trunk.name} may reach only the company's own numbers, and ${dialled} is none`,
    ],
  }
}

function routeOwn(directory: Directory, number: PhoneNumber, dialled: string): Route {
  const { target } = number
  switch (target.kind) {
    case 'user': {
      const user = directory.user(target.userId)
      if (!user)
        return {
          kind: 'refused',
          refusal: NumberUnknown(),
          explanation: [`${dialled} belongs to a user who no longer exists`],
        }
      return ringUser(user, dialled, [`${dialled} is ${user.displayName}`])
    }
    case 'group':
      return {
        kind: 'users',
        userIds: target.userIds,
        number: number.number,
        name: target.name,
        ringMs: defaultRingMs,
        explanation: [`${dialled} is the group ${target.name}: all ${target.userIds.length} members ring`],
      }
    case 'service':
      return {
        kind: 'service',
        service: target.service,
        number: number.number,
        explanation: [`${dialled} is the ${target.service} service`],
      }
  }
}

function ringUser(user: User, dialled: string, explanation: readonly string[]): Route {
  const ringMs = user.ringSeconds * 1000
  return {
    kind: 'users',
    userIds: [user.id],
    number: user.extension ?? dialled,
    name: user.displayName,
    ringMs,
    explanation: [...explanation, `all devices of ${user.displayName} ring for ${user.ringSeconds} s`],
  }
}

/** Trunks whose prefix fits, the longest prefix first; for emergency calls all of them, fitting ones first. */
function trunksFor(trunks: readonly Trunk[], number: string, dialled: string, takesAll: boolean): Trunk[] {
  const rank = (trunk: Trunk): number =>
    Math.max(-1, ...trunk.prefixes.filter((p) => number.startsWith(p) || dialled.startsWith(p)).map((p) => p.length))
  return trunks
    .map((trunk) => ({ trunk, rank: rank(trunk) }))
    .filter((t) => takesAll || t.rank >= 0)
    .sort((a, b) => b.rank - a.rank)
    .map((t) => t.trunk)
}

function destinationBarred(company: Company, user: User, number: string): string | undefined {
  for (const [name, { allowedDestinations, blockedDestinations }] of [
    [company.name, company.limits],
    [user.displayName, user.limits],
  ] as const) {
    if (blockedDestinations?.some((prefix) => number.startsWith(prefix)))
      return `Calls to ${number} are blocked for ${name}.`
    if (allowedDestinations && !allowedDestinations.some((prefix) => number.startsWith(prefix)))
      return `Calls to ${number} are not among the destinations allowed for ${name}.`
  }
  return undefined
}
