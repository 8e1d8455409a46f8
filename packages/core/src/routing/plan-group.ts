import type { UserId } from '@vaxel/base'
import type { Party } from '../ports/call-ledger.ts'
import type { Company, Directory, NumberTarget, User } from '../ports/directory.ts'
import { orderMembers } from './group-order.ts'
import { handleCall } from './handle-call.ts'
import type { PeopleNow } from './people-now.ts'
import { activeProfile } from './profile.ts'
import { mostRounds, type RingRound, type RoundMember } from './ring-round.ts'
import type { Saying } from './saying.ts'

type Group = Extract<NumberTarget, { kind: 'group' }>
type Line = Extract<NumberTarget, { kind: 'shared' }>

/** Who of a group or a shared line is asked, and how; `busy`: nobody can be. */
export type GroupPlan =
  | { readonly kind: 'busy' }
  | { readonly kind: 'ring'; readonly userIds: readonly UserId[]; readonly rounds: readonly RingRound[] }

interface Asked {
  readonly number: string
  readonly directory: Directory
  readonly company: Company
  readonly caller: Party | undefined
  readonly people: PeopleNow | undefined
  /** The call's id: what is drawn by lot comes from it. */
  readonly seed: string
  /** Whether the call was at this person before. */
  wasAt(userId: UserId): boolean
}

/** Seconds that all ring together, where a group does not say. */
const groupSeconds = 60
/** Seconds that each one rings, where a group does not say. */
export const memberSeconds = 20

/**
 * Plans whom a group asks. Members who have logged out of it, are on the phone, do not want to be disturbed or have no device are
 * passed over, each with its reason; where else they forward to is not followed. Pure.
 */
export function planGroup(group: Group, asked: Asked, saying: Saying): GroupPlan {
  const { name, userIds, mode = 'all' } = group
  const { number, people, seed } = asked
  const free = userIds.filter((id) => isFree(id, { name, isBusyRung: group.ringsBusy === true }, asked, saying))
  if (free.length === 0) return { kind: 'busy' }
  const label = group.hidesName ? {} : { label: name }
  const toMember = (userId: UserId): RoundMember => ({
    userId,
    ...devicesOf(asked, userId),
    ...label,
    ...(group.ringsBusy ? {} : { isSkippedIfBusy: true as const }),
  })
  if (mode === 'all') {
    const seconds = group.longestWaitSeconds ?? groupSeconds
    return { kind: 'ring', userIds: free, rounds: [{ members: free.map(toMember), seconds }] }
  }
  const ordered = orderMembers(free, mode, { seed, lastTalkEndedMs: (id) => people?.lastTalkEndedMs?.(id) })
  const names = ordered.map((id) => asked.directory.user(id)?.displayName ?? '').join(', ')
  saying.say('group-order', { number, name, mode, members: names }, `${name} is asked one after another: ${names}`)
  const each = group.memberSeconds ?? memberSeconds
  const longest = group.longestWaitSeconds ?? each * ordered.length
  return { kind: 'ring', userIds: ordered, rounds: inTurns(ordered.map(toMember), each, longest) }
}

/** All devices of all people of a shared line ring; a talk on the line keeps every further call out. */
export function planLine(line: Line, asked: Asked, saying: Saying): GroupPlan {
  const { name, userIds } = line
  const { number, people } = asked
  if (!line.takesSecondCall && people?.isLineBusy?.(number, userIds)) {
    saying.say('line-busy', { number, name }, `somebody talks on the line ${name}, which is busy for all then`)
    return { kind: 'busy' }
  }
  const free = userIds.filter((id) => isFree(id, { name, isBusyRung: true }, asked, saying))
  if (free.length === 0) return { kind: 'busy' }
  const members = free.map((userId) => ({ userId, ...devicesOf(asked, userId), label: name }))
  return { kind: 'ring', userIds: free, rounds: [{ members, seconds: line.ringSeconds ?? groupSeconds }] }
}

/** One after another, and from the first again, until the longest wait is over. */
function inTurns(members: readonly RoundMember[], each: number, longest: number): RingRound[] {
  const rounds: RingRound[] = []
  for (let at = 0; at < longest && rounds.length < mostRounds; at += each) {
    const member = members[rounds.length % members.length]!
    rounds.push({ members: [member], seconds: Math.min(each, longest - at) })
  }
  return rounds
}

type Passed = 'gone' | 'caller' | 'asked' | 'loggedOut' | 'unreachable' | 'busy' | 'doNotDisturb'

function isFree(id: UserId, of: { name: string; isBusyRung: boolean }, asked: Asked, saying: Saying): boolean {
  const user = asked.directory.user(id)
  const why = user ? whyPassed(user, of, asked) : 'gone'
  if (why === undefined) return true
  if (user) {
    const { displayName: name } = user
    saying.say('member-passed', { name, why, group: of.name }, `${name} is passed over: ${sentences[why]}`)
  }
  return false
}

const sentences: Readonly<Record<Passed, string>> = {
  gone: 'no longer here',
  caller: 'calls',
  asked: 'was asked before',
  loggedOut: 'has logged out of the group',
  unreachable: 'no device is registered',
  busy: 'on the phone',
  doNotDisturb: 'does not want to be disturbed',
}

function whyPassed(
  user: User,
  { isBusyRung }: { isBusyRung: boolean },
  { number, company, caller, people, wasAt }: Asked,
): Passed | undefined {
  if (caller?.userId === user.id) return 'caller'
  if (wasAt(user.id)) return 'asked'
  if (!people) return undefined
  if (people.memberships?.(user.id)?.loggedOutOf.includes(number)) return 'loggedOut'
  if (people.isReachable?.(user.id) === false) return 'unreachable'
  if (!isBusyRung && people.isOnPhone(user.id)) return 'busy'
  const handled = handleCall({ user, company, caller, people }, () => {})
  switch (handled.kind) {
    case 'ring':
      return undefined
    case 'busy':
      return 'busy'
    case 'doNotDisturb':
      return 'doNotDisturb'
    case 'forward':
      if (handled.reason === 'unconditional') return undefined
      return handled.reason === 'user-busy' ? 'busy' : 'doNotDisturb'
  }
}

/** The devices that ring for a person now, where their profile says so. */
function devicesOf({ people }: Asked, userId: UserId): Pick<RoundMember, 'deviceIds'> {
  const profile = people && activeProfile(people.profiles?.(userId), people.nowMs)
  return profile?.deviceIds ? { deviceIds: profile.deviceIds } : {}
}
