import type { UserId } from '@vaxel/base'
import { type CallLeg, type Company, resolveNumber, type User } from '@vaxel/core'
import type { CallOwner } from './call-owner.ts'
import type { CallService } from './call-service.ts'
import type { FoundLeg } from './referral.ts'

/** Who dials, from which device. */
export interface LineDialler {
  readonly user: User
  readonly company: Company
  readonly domain: string
  readonly deviceId: CallLeg['deviceId']
}

interface Line {
  readonly number: string
  readonly userIds: readonly UserId[]
}

/** What is taken first: what rings, then what is held, then what is talked on. */
const order = ['ringing', 'held', 'talking'] as const
type Phase = (typeof order)[number]

/**
 * One number on several devices (docs/decisions/0107): whoever dials it from one of them takes the call that rings, is held or goes on
 * at another one. A talk on a line of several people is taken from oneself only. Of several calls the newest is taken.
 * @returns undefined when the number is not the dialler's own, or there is nothing to take: then it is called as usual
 */
export function lineToTake(service: CallService, dialler: LineDialler, dialled: string): FoundLeg | undefined {
  const line = lineOf(service, dialler, dialled)
  if (!line) return undefined
  const found = candidates(service, dialler, line)
  for (const phase of order) {
    const newest = found.filter((one) => one.phase === phase).toSorted((a, b) => (a.since < b.since ? 1 : -1))[0]
    if (newest) return newest.found
  }
  return undefined
}

function lineOf(service: CallService, { user, company, domain }: LineDialler, dialled: string): Line | undefined {
  const { directory } = service.options
  const resolved = resolveNumber(directory, company, domain, dialled)
  const own = { number: user.extension ?? user.name, userIds: [user.id] }
  if (resolved.kind === 'user') return resolved.user.id === user.id ? own : undefined
  if (resolved.kind !== 'own') return undefined
  const { number, target } = resolved.number
  if (target.kind === 'user') return target.userId === user.id ? own : undefined
  return target.kind === 'shared' && target.userIds.includes(user.id) ? { number, userIds: target.userIds } : undefined
}

interface Candidate {
  readonly found: FoundLeg
  readonly phase: Phase
  readonly since: number
}

function candidates(service: CallService, { user, company, deviceId }: LineDialler, line: Line): Candidate[] {
  const isShared = line.userIds.length > 1 || line.userIds[0] !== user.id
  const all: Candidate[] = []
  for (const { call, name } of service.states()) {
    if (call.companyId !== company.id || (name !== 'connected' && name !== 'alerting')) continue
    if (isShared && call.called.number !== line.number && call.callerLine !== line.number) continue
    const owner = service.owner(call.id)
    if (!owner) continue
    for (const leg of call.legs.values()) {
      const phase = phaseOf(owner, leg)
      const sipLeg = owner.legs.get(leg.id)
      const { userId } = leg.party
      if (!phase || !sipLeg || !userId || !line.userIds.includes(userId)) continue
      const isOwn = userId === user.id
      if ((isOwn && leg.deviceId === deviceId) || (phase === 'talking' && !isOwn)) continue
      all.push({ found: { owner, leg: sipLeg, id: leg.id }, phase, since: leg.answeredAtMs ?? leg.startedAtMs })
    }
  }
  return all
}

function phaseOf({ state }: CallOwner, leg: CallLeg): Phase | undefined {
  if (leg.endedAtMs !== undefined) return undefined
  if (state.name === 'alerting') return state.attempt.ringing.includes(leg.id) ? 'ringing' : undefined
  if (state.name !== 'connected' || (leg.id !== state.a && leg.id !== state.b)) return undefined
  return leg.connection === 'hold' ? 'held' : 'talking'
}
