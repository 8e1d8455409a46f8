import type { CompanyId, LegId } from '@vaxel/base'
import { type BindingStore, decided, type Directory, type PeopleNow, type SendOptions, UserBusy } from '@vaxel/core'
import type { Clock } from '@vaxel/base'
import type { CallOwner, RoutedOnward } from './call-owner.ts'
import { ConnectionNotFound } from './errors.ts'
import { type Reach, reachUser } from './reach.ts'

interface Calls {
  readonly clock: Clock
  readonly options: { readonly directory: Directory; readonly bindings: BindingStore }
  readonly people: { seenFrom(callId: CallOwner['id'], companyId: CompanyId): PeopleNow }
}

/** How long devices ring for which the service says nothing. */
const ringMs = 30_000

/**
 * A service sends its caller to the devices of one person, past all rules of theirs. Not while they talk: a second call would ring in the ear of
 * somebody who speaks with a customer.
 * @param reaches gets how each leg is reached, under its id
 * @returns undefined when the service sends the caller to a number
 */
export function toDevices(
  { clock, options: { directory, bindings }, people }: Calls,
  { id, state: { call } }: Pick<CallOwner, 'id' | 'state'>,
  reaches: Map<LegId, Reach>,
  { to, options }: { readonly to: string; readonly options: SendOptions },
): RoutedOnward | undefined {
  if (options.devicesOf === undefined) return undefined
  const user = directory.user(options.devicesOf)
  if (user?.companyId !== call.companyId)
    return { kind: 'refused', refusal: ConnectionNotFound('There is no such person.'), explanation: [] }
  const name = user.displayName
  if (people.seenFrom(id, call.companyId).isOnPhone(user.id)) {
    const text = `${name} is on the phone`
    return { kind: 'refused', refusal: UserBusy(`${text}.`), explanation: [text] }
  }
  const legs = reachUser({ user, directory, bindings, clock, number: to })
  const { label } = options
  for (const { target, reach } of legs)
    reaches.set(target.leg, reach.kind === 'binding' && label !== undefined ? { ...reach, label } : reach)
  const seconds = Math.round((options.ringMs ?? ringMs) / 1000)
  const text = `all devices of ${name} ring for ${seconds} s`
  const reached = { number: to, name, userId: user.id }
  return {
    kind: 'destination',
    to: {
      called: reached,
      goesTo: reached,
      direction: call.direction,
      isEmergency: false,
      steps: [{ targets: legs.map(({ target }) => target), ringMs: options.ringMs ?? ringMs, continueOn: 'any' }],
      explanation: [text],
      decisions: [decided('devices-ring', { name, seconds }, text)],
    },
  }
}
