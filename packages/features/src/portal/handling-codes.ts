import type { CallHandling, Feature, ServiceLine, User } from '@vaxel/core'
import type { FilterService } from './filter-service.ts'
import type { HandlingService } from './handling-service.ts'
import type { MembershipService } from './membership-service.ts'
import type { ProfileService } from './profile-service.ts'
import type { Author } from './setting-writer.ts'

/** What a feature code does for whoever dials it, with the digits after it. */
export type CodeAction = (line: ServiceLine, argument: string) => Promise<void>

interface Own {
  readonly line: ServiceLine
  readonly argument: string
  readonly user: User
  readonly author: Author
}

const say = (line: ServiceLine, name: string): Promise<void> => line.say([{ kind: 'prompt', name }])

/** How long nobody answers, for who has not said otherwise. */
const usualSeconds = 20

type Rule = 'always' | 'busy' | 'noAnswer'

/** The codes by which people set from any telephone where their calls go: the same as in the web app, by the same services. */
export function handlingCodes(services: {
  readonly handling: HandlingService
  readonly filters: FilterService
  readonly memberships: MembershipService
  readonly profiles: ProfileService
}): ReadonlyMap<Feature, CodeAction> {
  const { handling, filters, memberships, profiles } = services

  const forward =
    (rule: Rule) =>
    async ({ line, argument, user, author }: Own): Promise<void> => {
      const to = argument || (await askNumber(line))
      if (to === '') return
      const refusal = await handling.set(user, (before) => withRule(before, rule, to), author)
      if (refusal) {
        line.note('forward-refused', refusal.text, { to })
        return say(line, 'forward-nowhere')
      }
      line.note('forward-set', `${user.displayName} forwards calls to ${to} (${rule})`, { to, rule })
      await line.say([
        { kind: 'prompt', name: 'forward-set-to' },
        { kind: 'digits', digits: to },
      ])
    }

  const forwardOff =
    (rule: Rule) =>
    async ({ line, user, author }: Own): Promise<void> => {
      await handling.set(user, ({ [rule]: _, ...before }) => before, author)
      line.note('forward-off', `${user.displayName} no longer forwards calls (${rule})`, { rule })
      await say(line, 'forward-is-off')
    }

  const disturb =
    (isOn: boolean) =>
    async ({ line, user, author }: Own): Promise<void> => {
      await handling.set(user, (before) => withDoNotDisturb(before, isOn), author)
      await say(line, isOn ? 'disturb-on' : 'disturb-off')
    }

  const groups =
    (isIn: boolean) =>
    async ({ line, user, author }: Own): Promise<void> => {
      const numbers = memberships.groupsOf(user).map(({ number }) => number)
      if (numbers.length === 0) return say(line, 'group-none')
      await memberships.setIn(user, numbers, isIn, author)
      await say(line, isIn ? 'group-in' : 'group-out')
    }

  const filter =
    (isOn: boolean) =>
    async ({ line, user, author }: Own): Promise<void> => {
      const whose = filters.isOn(user) === undefined ? filters.assistedBy(user) : [user]
      if (whose.length === 0) return say(line, 'filter-none')
      for (const one of whose) await filters.setOn(user, one, isOn, author)
      await say(line, isOn ? 'filter-on' : 'filter-off')
    }

  const profile = async ({ line, argument, user, author }: Own): Promise<void> => {
    const which = argument || (await line.readKeys({ say: [{ kind: 'prompt', name: 'profile-which' }], most: 1 })).keys
    if (which === '') return
    if (which === '0') {
      await profiles.setActive(user, undefined, author)
      return say(line, 'profile-off')
    }
    const chosen = profiles.listOf(user)[Number(which) - 1]
    if (!chosen) return say(line, 'profile-none')
    await profiles.setActive(user, { id: chosen.id }, author)
    line.note('profile-chosen', `${user.displayName} is in the profile “${chosen.name}” now`, { profile: chosen.name })
    await line.say([
      { kind: 'prompt', name: 'profile-number' },
      { kind: 'number', value: Number(which) },
    ])
  }

  const actions: readonly (readonly [Feature, (own: Own) => Promise<void>])[] = [
    ['forwardAlways', forward('always')],
    ['forwardAlwaysOff', forwardOff('always')],
    ['forwardBusy', forward('busy')],
    ['forwardBusyOff', forwardOff('busy')],
    ['forwardNoAnswer', forward('noAnswer')],
    ['forwardNoAnswerOff', forwardOff('noAnswer')],
    ['doNotDisturb', disturb(true)],
    ['doNotDisturbOff', disturb(false)],
    ['groupLogin', groups(true)],
    ['groupLogout', groups(false)],
    ['assistantsOn', filter(true)],
    ['assistantsOff', filter(false)],
    ['profile', profile],
  ]
  return new Map(actions.map(([feature, action]) => [feature, ofOwnUser(action)]))
}

/** Only a telephone of the company's people has settings of its own. */
function ofOwnUser(action: (own: Own) => Promise<void>): CodeAction {
  return async (line, argument) => {
    const { user } = line
    if (!user) return say(line, 'feature-not-possible')
    await action({ line, argument, user, author: { by: `phone:${user.id}` } })
  }
}

async function askNumber(line: ServiceLine): Promise<string> {
  const { keys } = await line.readKeys({ say: [{ kind: 'prompt', name: 'forward-to-what' }], most: 30, endOn: '#' })
  return keys
}

function withRule(before: CallHandling, rule: Rule, to: string): CallHandling {
  if (rule !== 'noAnswer') return { ...before, [rule]: { to } }
  return { ...before, noAnswer: { to, afterSeconds: before.noAnswer?.afterSeconds ?? usualSeconds } }
}

function withDoNotDisturb({ doNotDisturb, ...before }: CallHandling, isOn: boolean): CallHandling {
  if (!isOn) return before
  const { exceptions = [], usesBusyRule = false } = doNotDisturb ?? {}
  return { ...before, doNotDisturb: { exceptions, usesBusyRule } }
}
