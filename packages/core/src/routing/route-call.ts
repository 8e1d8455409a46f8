import type { Refusal, UserId } from '@vaxel/base'
import type { Service } from '../call/call.ts'
import { type ResolvedNumber, resolveNumber } from '../numbering/resolve-number.ts'
import type { HuntGroup, PhoneNumber, Trunk, User } from '../ports/directory.ts'
import { destinationBarred, trunksFor } from './choose-trunks.ts'
import { conferenceOf, personAt } from './code-targets.ts'
import { explanationOf } from './decision.ts'
import {
  type Diversion,
  type DiversionReason,
  mostDiversions,
  type PlannedForwards,
  type PlannedRule,
} from './diversion.ts'
import {
  DoNotDisturb,
  EmergencyWithoutTrunk,
  NoTrunkForNumber,
  NumberNotAllowed,
  NumberUnknown,
  UserBusy,
} from './errors.ts'
import { type Handled, handleCall } from './handle-call.ts'
import { planFilter } from './plan-filter.ts'
import { type GroupPlan, planGroup, planLine } from './plan-group.ts'
import type { RingRound } from './ring-round.ts'
import type { CallSource, RouteQuestion } from './route-question.ts'
import { type Explained, Saying } from './saying.ts'
import { shortDialOf } from './short-dial.ts'

/** Where a call goes and why. */
export type Route = Explained &
  (
    | {
        readonly kind: 'users'
        readonly userIds: readonly UserId[]
        /** The number is one person's, not one of several people of whom only one may be asked. */
        readonly isPerson: boolean
        readonly number: string
        readonly name: string
        /** Whose devices ring, one round after another. */
        readonly rounds: readonly RingRound[]
        /** Where it goes when this person does not take it. */
        readonly forwards?: PlannedForwards
        /** It is to be answered by itself, where the called person allows it. */
        readonly isIntercom?: true
        readonly via: Via
      }
    | { readonly kind: 'service'; readonly service: Service; readonly number: string; readonly via: Via }
    | {
        readonly kind: 'trunk'
        readonly trunks: readonly Trunk[]
        readonly number: string
        readonly isEmergency: boolean
        readonly via: Via
      }
    | { readonly kind: 'refused'; readonly refusal: Refusal }
  )

/** How it came there: rules that were followed, and in whose name it goes on. */
export interface Via {
  readonly diversions: readonly Diversion[]
  readonly source: CallSource
}

/**
 * Decides where a call goes and says why. Pure: the same directory, people and question give the same answer.
 * Calls from a trunk reach only what the company owns, never another trunk (no toll fraud by a stranger's call); what a user
 * forwards goes out in that user's name and within that user's limits.
 */
export function routeCall(question: RouteQuestion): Route {
  const { directory, company, domain, from, dialled } = question
  const saying = new Saying()
  const short = shortDialOf(question)
  if (short) return routeShort(question, short, saying)
  const resolved = resolveNumber(directory, company, domain, dialled)
  switch (resolved.kind) {
    case 'emergency': {
      if (from.kind === 'trunk') return fromOutside(question, from.trunk, saying)
      const trunks = directory.trunksOf(company.id)
      const number = dialled
      if (trunks.length === 0)
        return saying
          .say('emergency-without-trunk', { number }, `${number} is an emergency number, and no trunk is configured`)
          .refuse(EmergencyWithoutTrunk())
      saying.say('emergency', { number }, `${number} is an emergency number: it passes all limits`)
      return {
        kind: 'trunk',
        trunks: trunksFor(trunks, resolved.number, dialled, true),
        number: resolved.number,
        isEmergency: true,
        via: viaOf(question),
        ...saying.all(),
      }
    }
    case 'user':
      return ringUser(question, resolved.user, saying)
    case 'own':
      return routeOwn(question, resolved.number, saying)
    case 'code':
    case 'parkingPlace':
      if (from.kind === 'trunk') return fromOutside(question, from.trunk, saying)
      return routeFeature(question, resolved, saying)
    case 'unknown':
      return saying
        .say('number-unknown', { number: dialled }, `${dialled}: ${resolved.reason}`)
        .refuse(NumberUnknown(`The number ${dialled} is not in use: ${resolved.reason}.`))
    case 'external': {
      if (from.kind === 'trunk') return fromOutside(question, from.trunk, saying)
      const { number } = resolved
      const trunks = trunksFor(directory.trunksOf(company.id), number, dialled, false)
      if (trunks.length === 0) {
        const isShort = !resolved.isE164 && number.length <= 6
        return saying
          .say('no-trunk', { number: dialled }, `${dialled} is nobody's here, and no trunk takes it`)
          .refuse(
            isShort
              ? NumberUnknown(`The number ${dialled} is not in use.`)
              : NoTrunkForNumber(`No trunk takes calls to ${number}.`),
          )
      }
      const barred = destinationBarred(company, from.kind === 'user' ? from.user : undefined, number)
      if (barred)
        return saying.say('barred', { number, name: barred.name }, barred.text).refuse(NumberNotAllowed(barred.text))
      const names = trunks.map((t) => t.name).join(', then ')
      saying.say('by-trunk', { dialled, number, trunk: names }, `${dialled} is ${number} outside, by trunk ${names}`)
      return { kind: 'trunk', trunks, number, isEmergency: false, via: viaOf(question), ...saying.all() }
    }
  }
}

const viaOf = ({ diversions = [], from }: RouteQuestion): Via => ({ diversions, source: from })

/** A call from outside may not go out again, not even to an emergency number: who calls is not here. */
function fromOutside({ company, dialled }: RouteQuestion, trunk: Trunk, saying: Saying): Route {
  return saying
    .say(
      'not-ours',
      { trunk: trunk.name, number: dialled },
      `a call from trunk ${trunk.name} may reach only the company's own numbers, and ${dialled} is none`,
    )
    .refuse(NumberUnknown(`The number ${dialled} does not belong to ${company.name}.`))
}

function routeOwn(question: RouteQuestion, number: PhoneNumber, saying: Saying): Route {
  const { directory, dialled } = question
  const { target } = number
  switch (target.kind) {
    case 'user': {
      const user = directory.user(target.userId)
      if (user) return ringUser(question, user, saying)
      return saying
        .say('user-gone', { number: dialled }, `${dialled} belongs to a user who no longer exists`)
        .refuse(NumberUnknown())
    }
    case 'group': {
      const { name, userIds } = target
      saying.say('group', { number: dialled, name, count: userIds.length }, `${dialled} is the group ${name}`)
      const plan = planGroup(target, askedBy(question, number), saying)
      return ringTogether(question, { ...target, number: number.number }, plan, saying)
    }
    case 'shared': {
      const { name, userIds } = target
      saying.say('shared-line', { number: dialled, name, count: userIds.length }, `${dialled} is the line ${name}`)
      const plan = planLine(target, askedBy(question, number), saying)
      return ringTogether(question, { ...target, number: number.number }, plan, saying)
    }
    case 'short':
      return routeShort(question, target, saying)
    case 'service':
      saying.say('service', { number: dialled, service: target.service }, `${dialled} is the ${target.service} service`)
      return {
        kind: 'service',
        service: target.service,
        number: number.number,
        via: viaOf(question),
        ...saying.all(),
      }
  }
}

const askedBy = (
  { directory, company, caller, people, seed = '', diversions = [] }: RouteQuestion,
  { number }: PhoneNumber,
) => ({
  wasAt: (userId: UserId) => diversions.some((one) => one.userId === userId),
  number,
  directory,
  company,
  caller,
  people,
  seed,
})

/** A short dial stands for another number, which may be none itself: there is no chain of them. */
function routeShort(question: RouteQuestion, { to, name }: { to: string; name?: string }, saying: Saying): Route {
  const { directory, company, domain, dialled } = question
  saying.say('short-dial', { number: dialled, to, name: name ?? to }, `${dialled} stands for ${to}`)
  const target = resolveNumber(directory, company, domain, to)
  const isShort = target.kind === 'own' && target.number.target.kind === 'short'
  if (isShort || shortDialOf({ ...question, dialled: to }))
    return saying.refuse(NumberUnknown(`The short dial ${dialled} leads to another short dial, ${to}.`))
  const onward = routeCall({ ...question, dialled: to })
  const decisions = [...saying.decisions, ...onward.decisions]
  return { ...onward, decisions, explanation: explanationOf(decisions) }
}

/** A feature of the platform: most are a service of their own, some lead to a person or to a mailbox. */
function routeFeature(
  question: RouteQuestion,
  resolved: Extract<ResolvedNumber, { kind: 'code' | 'parkingPlace' }>,
  saying: Saying,
): Route {
  const { number } = resolved
  const { sentBy } = question
  const via = viaOf(question)
  const notSent = NumberNotAllowed(`${number} serves whoever dials it, and nobody who is sent there.`)
  if (resolved.kind === 'parkingPlace') {
    if (sentBy === 'diversion') return saying.refuse(notSent)
    saying.say('parking-place', { number }, `${number} is a parking place`)
    return { kind: 'service', service: 'feature', number, via, ...saying.all() }
  }
  const { feature, argument } = resolved.code
  saying.say('feature-code', { number, feature }, `${number} is the code of the feature ${feature}`)
  if (feature === 'voicemail') return { kind: 'service', service: 'voicemail', number, via, ...saying.all() }
  if (feature === 'conference') {
    const room = conferenceOf(question)
    if (room) return { kind: 'service', service: 'conference', number: room, via, ...saying.all() }
    return saying.refuse(NumberUnknown(`${question.company.name} has no number for conferences.`))
  }
  if (feature !== 'intercom' && feature !== 'voicemailOf') {
    // A code sets and takes what is of whoever talks with it: nobody does so by sending somebody else there.
    const isForSent = sentBy === undefined || (sentBy === 'transfer' && feature === 'park')
    if (!isForSent) return saying.refuse(notSent)
    return { kind: 'service', service: 'feature', number, via, ...saying.all() }
  }
  const person = personAt(question, argument)
  if (!person)
    return saying
      .say('number-unknown', { number: argument }, `${argument} is nobody's number`)
      .refuse(NumberUnknown(`${argument} is nobody's number here. Dial the code and then an extension.`))
  if (feature === 'voicemailOf') {
    const own = person.extension ?? person.name
    const trail = [...via.diversions, { number: own, userId: person.id, reason: 'deflection' as const }]
    return { kind: 'service', service: 'voicemail', number: own, via: { ...via, diversions: trail }, ...saying.all() }
  }
  const route = ringUser(question, person, saying)
  // Whoever is sent there, a stranger perhaps, opens nobody's microphone: it rings.
  const isOwnWish = sentBy === undefined && question.from.kind === 'user'
  return route.kind === 'users' && isOwnWish ? { ...route, isIntercom: true } : route
}

/** People of a group or of a line are asked; when none can be, the call goes where its overflow leads. */
function ringTogether(
  question: RouteQuestion,
  { number, name, overflow = {} }: Pick<HuntGroup, 'name' | 'overflow'> & { number: string },
  plan: GroupPlan,
  saying: Saying,
): Route {
  const { busy, noAnswer } = overflow
  const source: CallSource = { kind: 'company' }
  // Whoever is asked a second time just rings; the rule that led back here sees the circle.
  const wasHere = question.diversions?.some((one) => one.number === number && one.userId === undefined)
  if (plan.kind === 'busy') {
    const rule = { number, name, source, to: busy, reason: 'user-busy' as const }
    const onward = busy === undefined || wasHere ? undefined : followRule(question, { ...rule, to: busy }, saying)
    return onward ?? saying.refuse(UserBusy(`Everybody of ${name} is busy.`))
  }
  const [ifBusy, ifSilent] = [busy ?? noAnswer, noAnswer ?? busy]
  const forwards: PlannedForwards = {
    number,
    name,
    ...(ifBusy === undefined ? {} : { busy: ifBusy, unavailable: ifBusy }),
    ...(ifSilent === undefined ? {} : { noAnswer: ifSilent }),
  }
  return {
    kind: 'users',
    userIds: plan.userIds,
    isPerson: false,
    number,
    name,
    rounds: plan.rounds,
    ...(ifBusy === undefined || wasHere ? {} : { forwards }),
    via: viaOf(question),
    ...saying.all(),
  }
}

function ringUser(question: RouteQuestion, user: User, saying: Saying): Route {
  const { company, caller, people, dialled, directory, from } = question
  const name = user.displayName
  saying.say('is-user', { number: dialled, name }, `${dialled} is ${name}`)
  // Whoever is asked a second time just rings; the rule that led back here sees the circle.
  const wasHere = question.diversions?.some(({ userId }) => userId === user.id)
  const handled: Handled = wasHere
    ? { kind: 'ring', ringSeconds: user.ringSeconds }
    : handleCall({ user, company, caller, people }, (decision) => saying.decisions.push(decision))
  if (handled.kind === 'forward') {
    const source: CallSource = { kind: 'user', user }
    const rule = { userId: user.id, number: user.extension ?? user.name, name, source, ...handled }
    const onward = followRule(question, rule, saying)
    if (onward) return onward
  }
  if (handled.kind === 'doNotDisturb') return saying.refuse(DoNotDisturb(`${name} does not want to be disturbed.`))
  if (handled.kind === 'busy' || (handled.kind === 'forward' && handled.reason === 'user-busy'))
    return saying.refuse(UserBusy(`${name} is on the phone.`))
  if (handled.kind === 'forward' && handled.reason === 'do-not-disturb')
    return saying.refuse(DoNotDisturb(`${name} does not want to be disturbed.`))
  const { ringSeconds: seconds } = handled.kind === 'ring' ? handled : user
  const deviceIds = handled.kind === 'ring' ? handled.deviceIds : undefined
  const own: RingRound = { members: [{ userId: user.id, ...(deviceIds ? { deviceIds } : {}) }], seconds }
  const actingUserId = from.kind === 'user' ? from.user.id : undefined
  const rounds = planFilter({ user, company, directory, caller, actingUserId, people }, own, saying)
  if (rounds.some(({ members }) => members.some(({ userId }) => userId === user.id)))
    saying.say('devices-ring', { name, seconds }, `all devices of ${name} ring for ${seconds} s`)
  return {
    kind: 'users',
    userIds: [user.id],
    isPerson: true,
    number: user.extension ?? dialled,
    name,
    rounds,
    ...(handled.kind === 'ring' && handled.forwards ? { forwards: handled.forwards } : {}),
    via: viaOf(question),
    ...saying.all(),
  }
}

/** Whose rule sends a call on: a person's, or a group's or line's, whose overflow goes out in the company's name. */
interface Rule extends PlannedRule {
  readonly source: CallSource
}

/**
 * Where a call goes on that its person or group did not take, by their rule.
 * @param rule whose it is, where it leads, and why it applies
 */
export function routeForward(question: Omit<RouteQuestion, 'from' | 'dialled'>, rule: PlannedRule): Route {
  const { userId, name, to } = rule
  const user = userId && question.directory.user(userId)
  const saying = new Saying()
  if (userId && !user) return saying.refuse(NumberUnknown(`${name} is no longer here.`))
  const source: CallSource = user ? { kind: 'user', user } : { kind: 'company' }
  const onward = followRule({ ...question, from: source, dialled: to }, { ...rule, source }, saying)
  return onward ?? saying.refuse(NumberUnknown(`${name} forwards to ${to}, which does not lead anywhere.`))
}

const because: Readonly<Record<DiversionReason, string>> = {
  unconditional: 'always',
  'user-busy': 'when on the phone',
  'no-answer': 'when nobody answers',
  unavailable: 'when no device can be reached',
  'do-not-disturb': 'while not to be disturbed',
  deflection: 'as they chose',
}

/**
 * Where a rule leads, in the name of whose it is. A rule that closes a circle, leads back to who calls, or leads nowhere is
 * passed over: a call is never lost to a rule.
 * @returns undefined when the rule is passed over
 */
function followRule(question: RouteQuestion, rule: Rule, saying: Saying): Route | undefined {
  const { diversions = [], caller } = question
  const { userId, number, name: by, source, to, reason } = rule
  const trail: readonly Diversion[] = [...diversions, { number, ...(userId ? { userId } : {}), reason }]
  const passOver = (why: string, text: string): undefined => {
    saying.say('rule-passed-over', { name: by, to, why }, text)
    return undefined
  }
  if (trail.length > mostDiversions)
    return passOver('too-often', `${by} forwards to ${to}, which is passed over: the call was forwarded too often`)
  saying.say('forwarded', { name: by, to, reason }, `${by} forwards calls to ${to} ${because[reason]}`)
  const onward = routeCall({ ...question, from: source, dialled: to, diversions: trail, sentBy: 'diversion' })
  if (onward.kind === 'refused')
    return passOver(
      'nowhere',
      `${to} does not take the call (${onward.refusal.text}), so the rule of ${by} is passed over`,
    )
  if (onward.kind === 'users') {
    const wasAt = (one: UserId): boolean => one === userId || diversions.some((before) => before.userId === one)
    const isSameGroup = trail.some((one) => one.userId === undefined && one.number === onward.number)
    if (isSameGroup || (onward.userIds.length > 0 && onward.userIds.every(wasAt)))
      return passOver('circle', `the rule of ${by} would close a circle, so it is passed over`)
    if (onward.userIds.length === 1 && onward.userIds[0] === caller?.userId)
      return passOver('caller', `${by} forwards to who calls, so the rule is passed over`)
  }
  const decisions = [...saying.decisions, ...onward.decisions]
  return { ...onward, decisions, explanation: explanationOf(decisions) }
}
