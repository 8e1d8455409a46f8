import type { UserId } from '@vaxel/base'
import type { CallLeg, CallState, ServiceLine, User } from '@vaxel/core'
import type { CallService } from '../call-service.ts'
import { sayOnly } from './feature-service.ts'
import { noteIn, takeSeat } from './take-seat.ts'

/** Somebody's phone that rings, with the call that it rings for. */
export interface RingingLeg {
  readonly state: Extract<CallState, { name: 'alerting' }>
  readonly leg: CallLeg
}

/** Colleagues whose calls a person may pick up by the group's code; the person is not among them. */
export function pickupColleagues(
  groups: readonly { readonly userIds: readonly UserId[] }[] | undefined,
  userId: UserId,
): ReadonlySet<UserId> {
  const own = (groups ?? []).filter(({ userIds }) => userIds.includes(userId))
  return new Set(own.flatMap(({ userIds }) => userIds).filter((id) => id !== userId))
}

/** What rings at these people, the longest first; not what rings outside, as nobody takes an emergency centre's place. */
export function ringingAt(
  calls: Iterable<CallState>,
  companyId: string,
  isWanted: (leg: CallLeg) => boolean,
): readonly RingingLeg[] {
  const found: RingingLeg[] = []
  for (const state of calls) {
    if (state.name !== 'alerting' || state.call.companyId !== companyId) continue
    const leg = state.attempt.ringing
      .map((id) => state.call.legs.get(id))
      .find((one) => one && one.trunkId === undefined && isWanted(one))
    if (leg) found.push({ state, leg })
  }
  return found.toSorted((a, b) => a.leg.startedAtMs - b.leg.startedAtMs)
}

/** Picks up what rings at a colleague (directed), or at anybody of the own pickup groups. */
export class Pickup {
  readonly #service: CallService

  constructor(service: CallService) {
    this.#service = service
  }

  readonly group = async (line: ServiceLine): Promise<void> => {
    const { user, company } = line
    const colleagues = user ? pickupColleagues(company.pickupGroups, user.id) : new Set<UserId>()
    if (!user || colleagues.size === 0) return sayOnly(line, 'pickup-no-group')
    await this.#pickUp(line, user, ({ party }) => party.userId !== undefined && colleagues.has(party.userId))
  }

  readonly directed = async (line: ServiceLine, argument: string): Promise<void> => {
    const { user, companyId } = line
    if (!user) return sayOnly(line, 'feature-not-possible')
    const { directory } = this.#service.options
    const target = directory.number(companyId, argument)?.target
    const named = target?.kind === 'user' ? target.userId : directory.userByAddress(user.domain, argument)?.id
    const isWanted = ({ party }: CallLeg): boolean =>
      party.number === argument || (named !== undefined && party.userId === named)
    await this.#pickUp(line, user, isWanted)
  }

  async #pickUp(line: ServiceLine, user: User, isWanted: (leg: CallLeg) => boolean): Promise<void> {
    const own = this.#service.owner(line.callId)
    // What the person has called oneself is nothing to pick up.
    const ringing = ringingAt(this.#service.states(), line.companyId, isWanted).filter(
      ({ state }) => state.call.caller.userId !== user.id,
    )
    for (const { state, leg } of ringing) {
      const other = this.#service.owner(state.call.id)
      const taken =
        own && other && takeSeat(this.#service, { owner: own, legId: line.legId }, other, leg.id, 'picked-up')
      if (!taken) continue
      const whose = leg.party.name ?? leg.party.number
      const text = `${user.displayName} picked up the call that rang at ${whose}.`
      noteIn(other, taken, 'picked-up', text, { by: user.displayName, whose })
      return
    }
    await sayOnly(line, 'pickup-nothing-rings')
  }
}
