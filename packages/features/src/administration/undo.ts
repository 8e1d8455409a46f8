import { type CompanyId, type DeviceId, isRefusal, type Refusal, type TrunkId, type UserId } from '@vaxel/base'
import { CannotUndo, ChangedSince, Conflict, NotAllowed, NotFound, StillInUse } from '@vaxel/contract'
import {
  type ConfigurationChange,
  type ConfigurationReader,
  type Device,
  type NumberedEvent,
  type PhoneNumber,
  standsAbove,
  type Trunk,
  type User,
  withoutPasswords,
  withPasswordsOf,
} from '@vaxel/core'
import { canTakeBack, type ChangeData, changeDataOf, type ChangeHistory, isOperators } from './change-history.ts'
import { mistakesOfTarget } from './check-target.ts'
import { isSame } from './differing-fields.ts'
import { hasOtherNetworks, shutsOut } from './allowed-networks.ts'
import { type Acting, type AdministrationDependencies, endBindings } from './scope.ts'
import { trunkFault } from './trunk-service.ts'
import { isLastAdministrator, lastAdministrator, operatorAlone, removal } from './user-service.ts'

/** Takes a change back: every thing as it was before it, if it still is as it was after it. */
export class UndoService {
  readonly #around: AdministrationDependencies
  readonly #history: ChangeHistory

  constructor(dependencies: AdministrationDependencies, history: ChangeHistory) {
    this.#around = dependencies
    this.#history = history
  }

  async undo(acting: Acting, number: number): Promise<Refusal | undefined> {
    const events = await this.#history.setAt(acting.companyId, number)
    if (!events) return NotFound()
    if (!events.every((event) => canTakeBack(changeDataOf(event), events))) return CannotUndo(whyNot(events))
    if (!acting.isOperator && events.some((event) => isOperators(changeDataOf(event))))
      return NotAllowed(
        'Domains and the limits of a company are set, and set back, by the operator of the installation.',
      )
    const { configuration } = this.#around
    const decide = (current: ConfigurationReader) => takeBack(current, acting, events, this.#around)
    const refused = decide(configuration.current)
    if (isRefusal(refused)) return refused
    for (const event of events) await this.#endBindingsOf(changeDataOf(event))
    const refusal = await configuration.change({ ...acting.actor, undoes: number }, decide)
    const isNetworked = events.map(changeDataOf).some((one) => isOfNetworks(one))
    if (!refusal && isNetworked) await this.#around.endBindingsOutside(acting.companyId)
    return refusal
  }

  /** What was made and goes again takes its registrations along. */
  async #endBindingsOf({ object, id, before, after }: ChangeData): Promise<void> {
    if (before !== undefined) return
    if (object === 'user') await endBindings(this.#around, id as UserId)
    if (object === 'device') await endBindings(this.#around, after!.userId as UserId, id as DeviceId)
  }
}

const isOfNetworks = ({ object, before, after }: ChangeData): boolean =>
  object === 'company' && hasOtherNetworks(before, after)

const isMade = ({ before }: ChangeData): boolean => before === undefined

function takeBack(
  current: ConfigurationReader,
  acting: Acting,
  events: readonly NumberedEvent[],
  around: AdministrationDependencies,
): readonly ConfigurationChange[] | Refusal {
  const set = events.map(changeDataOf)
  const changes: ConfigurationChange[] = []
  // What was made last goes first, and what was removed last comes back first.
  for (const data of [...set].reverse()) {
    if (data.object === 'password') continue
    const isOtherRole = data.object === 'user' && data.before?.role !== data.after?.role
    if (isOtherRole && standsAbove(current, acting, data.id)) return operatorAlone
    const change = reversed(current, data, set)
    if (isRefusal(change)) return change
    if (change.kind === 'company' && change.after && isOfNetworks(data)) {
      const shut = shutsOut(current, acting, change.after)
      if (shut) return shut
    }
    if (change.kind === 'number' && change.after?.target.kind === 'service') {
      const [mistake] = mistakesOfTarget(current, acting, change.after, around)
      if (mistake) return Conflict(`What ${data.id} reached is gone: ${mistake.path} ${mistake.reason}.`)
    }
    if (data.object === 'user' && isMade(data)) {
      const others = removal(current, acting, data.id)
      if (isRefusal(others)) return others
      // Numbers of the set itself go by themselves.
      const own = new Set(set.filter(({ object }) => object === 'number').map(({ id }) => id))
      changes.push(...others.filter((other) => other.kind === 'number' && !own.has(other.before?.number ?? '')))
    }
    changes.push(change)
  }
  return changes
}

function reversed(
  current: ConfigurationReader,
  data: ChangeData,
  set: readonly ChangeData[],
): ConfigurationChange | Refusal {
  const { object: kind, before, after } = data
  const now = valueNow(current, data)
  if (kind === 'device') return reversedDevice(now as Device | undefined, data)
  if (kind === 'trunk') return reversedTrunk(current, now as Trunk | undefined, data)
  if (!isSame(now, after))
    return now !== undefined && after === undefined
      ? Conflict(`${nameOf(data)} is there again. Remove it first.`)
      : ChangedSince()
  const refused = before ? whyTaken(current, data, set) : whyHeld(current, data)
  if (refused) return refused
  // The event holds what the configuration held: nothing is hidden in these kinds.
  return { kind, ...(after ? { before: now } : {}), ...(before ? { after: before } : {}) } as ConfigurationChange
}

/** Its secrets are not in the ledger: it keeps those that it has. */
function reversedDevice(now: Device | undefined, { before, after }: ChangeData): ConfigurationChange | Refusal {
  if (!now || !isSame({ ...now, secrets: 'hidden' }, after)) return ChangedSince()
  return {
    kind: 'device',
    before: now,
    ...(before ? { after: { ...before, secrets: now.secrets } as unknown as Device } : {}),
  }
}

/** Its passwords are not in the ledger: it keeps those that it has. */
function reversedTrunk(
  current: ConfigurationReader,
  now: Trunk | undefined,
  data: ChangeData,
): ConfigurationChange | Refusal {
  if (!isSame(now && withoutPasswords(now), data.after)) return ChangedSince()
  if (!data.before) return { kind: 'trunk', ...(now ? { before: now } : {}) }
  const after = withPasswordsOf(data.before as unknown as Trunk, now)
  if (!after)
    return CannotUndo(
      'The password of this trunk is gone for good. Make the trunk as it was, and type its password anew.',
    )
  return trunkFault(current, after) ?? { kind: 'trunk', ...(now ? { before: now } : {}), after }
}

/** What would go down with something that was made: the database removes whoever belongs to a domain with it. */
function whyHeld(current: ConfigurationReader, { object, id, after }: ChangeData): Refusal | undefined {
  if (object !== 'domain') return undefined
  const isUsed = current.usersOf(after!.companyId as CompanyId).some(({ domain }) => domain === id)
  return isUsed ? StillInUse(`Users still have logins in ${id}.`) : undefined
}

/** What has taken the place of something that would come back, or what it needs and is gone. */
function whyTaken(current: ConfigurationReader, data: ChangeData, set: readonly ChangeData[]): Refusal | undefined {
  const comesBack = (object: string, id: string) =>
    set.some((other) => other.object === object && other.id === id && other.before !== undefined)
  switch (data.object) {
    case 'user': {
      const { domain, name, role } = data.before as unknown as User
      const other = current.userByAddress(domain, name)
      if (other && other.id !== data.id) return Conflict(`${name}@${domain} is somebody else now.`)
      const user = current.user(data.id as UserId)
      if (user && role !== 'administrator' && isLastAdministrator(current, user)) return lastAdministrator
      return current.domain(domain) || comesBack('domain', domain)
        ? undefined
        : Conflict(`The domain ${domain} is gone.`)
    }
    case 'number': {
      const { companyId, number, target } = data.before as unknown as PhoneNumber
      const other = current.directNumber(number)
      if (other && other.companyId !== companyId) return Conflict(`The number ${number} is another company's now.`)
      const userIds = target.kind === 'user' ? [target.userId] : 'userIds' in target ? target.userIds : []
      const isGone = userIds.some((id) => !current.user(id) && !comesBack('user', id))
      return isGone ? Conflict(`Somebody whom ${number} reached is gone.`) : undefined
    }
    default:
      return undefined
  }
}

function valueNow(current: ConfigurationReader, data: ChangeData): object | undefined {
  const { object, id } = data
  const companyId = (data.after ?? data.before)?.companyId as CompanyId
  switch (object) {
    case 'company':
      return current.company(id as CompanyId)
    case 'domain':
      return current.domain(id)
    case 'user':
      return current.user(id as UserId)
    case 'device':
      return current.device(id as DeviceId)
    case 'number':
      return current.number(companyId, id)
    case 'trunk':
      return current.trunk(id as TrunkId)
    default:
      return undefined
  }
}

const nameOf = ({ id, before, after }: ChangeData): string => {
  const value = after ?? before ?? {}
  return String(value.displayName ?? value.name ?? value.number ?? id)
}

function whyNot(events: readonly NumberedEvent[]): string {
  const data = events.map(changeDataOf).find((one) => !canTakeBack(one, events))
  if (data?.object === 'device')
    return "A removed device's secret is gone for good. Make the device anew; its phone needs the new secret."
  if (data?.object === 'password') return 'Passwords are not kept: set a new one instead.'
  return 'This cannot be taken back: too much hangs on it.'
}
