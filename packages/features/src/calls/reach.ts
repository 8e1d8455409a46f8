import { type Clock, type LegId, makeId, type UserId } from '@vaxel/base'
import {
  type Binding,
  type BindingStore,
  type Device,
  type Directory,
  type LegTarget,
  numberReached,
  pricePerMinute,
  type Trunk,
  type TrunkTarget,
  type User,
} from '@vaxel/core'

/** How a leg's device can be reached. */
export type Reach =
  | {
      readonly kind: 'binding'
      readonly binding: Binding
      readonly device: Device
      /** For whom the call is, where it is not for this person alone; shown before the caller's name. */
      readonly label?: string
      /** Is not asked when on the phone or not to be disturbed by then. */
      readonly isSkippedIfBusy?: true
      /** The phone is asked to answer by itself: an intercom call, or its own person's command. */
      readonly answersItself?: true
    }
  | {
      readonly kind: 'trunk'
      readonly trunk: Trunk
      readonly target: TrunkTarget
      readonly number: string
      /** Who sends the call out, if it is a person: it counts against their limits. */
      readonly payer: UserId | undefined
      /** The trunk takes a call back: by this address of its own, and who asked for it (RFC 3892). */
      readonly back?: { readonly uri: string; readonly referredBy?: string }
    }

export interface ReachableLeg {
  readonly target: LegTarget
  readonly reach: Reach
}

/**
 * The live bindings of a user's devices, one leg each; the highest q first (RFC 3261 §20.10), the newest first among equals.
 * A device that registered twice from the same place (it restarted) rings once.
 */
export function reachUser(options: {
  user: User
  directory: Directory
  bindings: BindingStore
  clock: Clock
  number: string
  except?: (binding: Binding) => boolean
}): ReachableLeg[] {
  const { user, directory, bindings, clock, number, except } = options
  const seen = new Set<string>()
  const legs: ReachableLeg[] = []
  const live = bindings
    .ofUser(user.id)
    .filter((b) => b.expiresAtMs > clock.now() && !except?.(b))
    .toSorted((a, b) => b.q - a.q || b.registeredAtMs - a.registeredAtMs)
  for (const binding of live) {
    const device = directory.device(binding.deviceId)
    const place = binding.instanceId ?? `${binding.contact} ${binding.flow.remoteAddress}:${binding.flow.remotePort}`
    if (!device || seen.has(place)) continue
    seen.add(place)
    legs.push({
      target: {
        leg: makeId<LegId>(clock.now()),
        party: { number, name: user.displayName, userId: user.id },
        deviceId: device.id,
      },
      reach: { kind: 'binding', binding, device },
    })
  }
  return legs
}

/**
 * One leg for each of a trunk's targets, in order; they are tried one after another.
 * @param to.country whose exchanges make a number of the digits, ISO 3166-1 alpha-2: what that costs is the price
 */
export function reachTrunk(
  trunk: Trunk,
  targets: readonly TrunkTarget[],
  { number, country, payer }: { number: string; country: string; payer: UserId | undefined },
  clock: Clock,
): ReachableLeg[] {
  const price = pricePerMinute(trunk.pricePerMinuteMicros, numberReached(number, country))
  return targets.map((target) => ({
    target: {
      leg: makeId<LegId>(clock.now()),
      party: { number },
      trunkId: trunk.id,
      ...(price > 0 ? { pricePerMinuteMicros: price } : {}),
    },
    reach: { kind: 'trunk', trunk, target, number, payer },
  }))
}
