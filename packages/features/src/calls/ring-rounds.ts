import type { Clock, LegId } from '@vaxel/base'
import type { Binding, BindingStore, Directory, RingRound, RingStep, RoundMember } from '@vaxel/core'
import { type Reach, type ReachableLeg, reachUser } from './reach.ts'

interface RoundsOptions {
  readonly clock: Clock
  readonly directory: Directory
  readonly bindings: BindingStore
  /** Shown for people without an extension. */
  readonly number: string
  /** The bindings that may ring, where the caller named one device; all if absent. */
  readonly only: ReadonlySet<string> | undefined
  /** Gets how each leg is reached, under its id. */
  readonly reaches: Map<LegId, Reach>
}

/** The devices behind the rounds of a route, as they are registered now. */
export function stepsOfRounds(rounds: readonly RingRound[], options: RoundsOptions): RingStep[] {
  return rounds.map(({ members, seconds }) => ({
    targets: members.flatMap((member) =>
      legsOfMember(member, options).map(({ target, reach }) => {
        options.reaches.set(target.leg, reach)
        return target
      }),
    ),
    ringMs: seconds * 1000,
    continueOn: 'any',
  }))
}

function legsOfMember(member: RoundMember, options: RoundsOptions): ReachableLeg[] {
  const { directory, number, only } = options
  const user = directory.user(member.userId)
  if (!user) return []
  const isOut = (binding: Binding): boolean => only !== undefined && !only.has(binding.id)
  const own = { ...options, user, number: user.extension ?? number }
  const { deviceIds, label, isSkippedIfBusy } = member
  const chosen = deviceIds
    ? reachUser({ ...own, except: (one) => isOut(one) || !deviceIds.includes(one.deviceId) })
    : []
  // The devices of a profile may be at another place: better all ring than none.
  const legs = chosen.length > 0 ? chosen : reachUser({ ...own, except: isOut })
  const more = { ...(label === undefined ? {} : { label }), ...(isSkippedIfBusy ? { isSkippedIfBusy } : {}) }
  return legs.map(({ target, reach }) => ({ target, reach: reach.kind === 'binding' ? { ...reach, ...more } : reach }))
}
