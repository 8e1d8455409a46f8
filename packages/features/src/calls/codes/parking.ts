import { isRefusal, type Refusal } from '@vaxel/base'
import { ParkingFull, ParkingPlaceEmpty, ParkingPlaceTaken } from '@vaxel/contract'
import {
  type CallLeg,
  defaultParking,
  isParkingPlace,
  type ParkedCall,
  type Party,
  type ServiceLine,
  type User,
} from '@vaxel/core'
import type { CallOwner } from '../call-owner.ts'
import type { CallService } from '../call-service.ts'
import { sayOnly } from './feature-service.ts'

import { heldBy } from './held-call.ts'
import { ParkingLot } from './parking-lot.ts'
import { noteIn, takeSeat } from './take-seat.ts'
import { whoTransferred } from './who-transferred.ts'

/** How often whoever parked a call is called, before the call is given up; with music in between. */
const mostRecalls = 3
const recallRingMs = 20_000

/**
 * Parks calls, and gives them back: by a code, by a transfer to a parking place, and by command. Who is parked hears music;
 * after a time whoever parked them is called, then the company's fallback. No call waits for ever.
 */
export class Parking {
  readonly lot: ParkingLot
  readonly #service: CallService

  constructor(service: CallService) {
    this.#service = service
    this.lot = new ParkingLot((callId, place) => {
      const state = service.owner(callId)?.state
      return state?.name === 'routing' || (state?.name === 'inService' && state.number === place)
    })
  }

  /** `park` with or without a place: parks who is transferred here, or what the caller has on hold. */
  readonly park = async (line: ServiceLine, argument: string): Promise<void> => {
    const by = whoTransferred(this.#service, line)
    const place = argument === '' ? undefined : argument
    return by ? this.#takeIn(line, by, place) : this.#parkHeld(line, place)
  }

  /** `retrieve`: from a place, or what the caller has parked, or the only one that is parked. */
  readonly retrieve = async (line: ServiceLine, argument: string): Promise<void> => {
    const all = this.lot.all(line.companyId)
    const own = all.filter(({ byUserId }) => byUserId !== undefined && byUserId === line.user?.id)
    const newest = own.toSorted((a, b) => b.sinceMs - a.sinceMs)[0]
    const parked =
      argument === '' ? (newest ?? (all.length === 1 ? all[0] : undefined)) : this.lot.at(line.companyId, argument)
    if (!parked || !this.#fetch(line, parked)) await sayOnly(line, 'park-nobody-there')
  }

  /** A parking place was dialled, or somebody is transferred to it. */
  readonly atPlace = async (line: ServiceLine, place: string): Promise<void> => {
    const by = whoTransferred(this.#service, line)
    if (by) return this.#takeIn(line, by, place)
    const parked = this.lot.at(line.companyId, place)
    if (parked) return this.#fetch(line, parked) ? undefined : sayOnly(line, 'park-nobody-there')
    if (line.user && heldBy(this.#service, line.companyId, line.user.id)) return this.#parkHeld(line, place)
    await sayOnly(line, 'park-nobody-there')
  }

  /**
   * Parks the counterpart of a leg, by command.
   * @returns the place, or why it cannot be
   */
  parkCounterpart(owner: CallOwner, leg: CallLeg, wanted: string | undefined): string | Refusal {
    const place = this.#choose(owner, wanted)
    if (isRefusal(place)) return place
    const { companyId } = owner.state.call
    this.lot.promise(companyId, place, owner.id)
    owner.transferTarget = place
    owner.dispatch({ kind: 'transferWanted', by: leg.id })
    return place
  }

  #choose(owner: CallOwner, wanted: string | undefined): string | Refusal {
    const company = this.#service.context(owner.id)?.company
    if (!company) return ParkingPlaceEmpty()
    if (wanted !== undefined && !isParkingPlace(company.parking ?? defaultParking, wanted))
      return ParkingPlaceTaken(`${wanted} is not a parking place.`)
    const chosen = this.lot.choose(company, this.#isTaken(company.id), wanted)
    if (chosen !== undefined) return chosen
    return wanted === undefined ? ParkingFull() : ParkingPlaceTaken(`Somebody is parked at ${wanted} already.`)
  }

  /** A number of somebody is no parking place, whatever the places are. */
  #isTaken(companyId: ParkedCall['companyId']): (number: string) => boolean {
    const { directory } = this.#service.options
    return (number) => directory.number(companyId, number) !== undefined
  }

  async #parkHeld(line: ServiceLine, wanted: string | undefined): Promise<void> {
    const held = line.user && heldBy(this.#service, line.companyId, line.user.id)
    if (!held) return sayOnly(line, 'park-nothing-held')
    const place = this.parkCounterpart(held.owner, held.leg, wanted)
    if (isRefusal(place)) return sayOnly(line, place.code === 'PARKING_FULL' ? 'park-all-taken' : 'park-place-taken')
    await line.say([
      { kind: 'prompt', name: 'park-parked-at' },
      { kind: 'digits', digits: place },
    ])
  }

  /** Somebody has been transferred to a place: they wait here. */
  async #takeIn(line: ServiceLine, by: CallLeg, wanted: string | undefined): Promise<void> {
    const owner = this.#service.owner(line.callId)
    const { companyId, company, callId } = line
    const isPromised = wanted !== undefined && this.lot.isPromised(companyId, wanted, callId)
    const place = isPromised ? wanted : this.lot.choose(company, this.#isTaken(companyId), wanted)
    const user = by.party.userId ? this.#service.options.directory.user(by.party.userId) : undefined
    if (place === undefined || !owner) return this.#giveBack(line, user)
    const leg = owner.state.call.legs.get(line.legId)
    const parked: ParkedCall = {
      companyId,
      place,
      callId,
      ...whoIs(leg?.party ?? line.caller),
      byUserId: user?.id,
      byName: user?.displayName,
      sinceMs: this.#service.clock.now(),
      isRecalling: false,
    }
    this.lot.park(parked)
    const name = user?.displayName ?? by.party.number
    line.note('parked', `${name} parked ${parked.who} at ${place}.`, { by: name, who: parked.who, place })
    try {
      await this.#waitThere(line, parked, user)
    } finally {
      this.lot.leave(parked)
    }
  }

  async #waitThere(line: ServiceLine, parked: ParkedCall, user: User | undefined): Promise<void> {
    const { recallSeconds, fallback } = line.company.parking ?? defaultParking
    for (let recalls = 0; recalls < mostRecalls; recalls++) {
      line.playOn({ kind: 'music' })
      await line.wait(recallSeconds * 1000)
      const to = recalls > 0 && fallback !== undefined ? fallback : (user?.extension ?? user?.name ?? fallback)
      if (to === undefined) continue
      line.note('park-recall', `Nobody fetched ${parked.who} from ${parked.place}: ${to} is called.`, {
        who: parked.who,
        place: parked.place,
        to,
      })
      this.lot.park({ ...parked, isRecalling: true })
      await line.sendOn(to, {
        ringMs: recallRingMs,
        keepsSound: true,
        as: user ? { kind: 'user', user } : { kind: 'company' },
      })
      this.lot.park(parked)
    }
    await sayOnly(line, 'park-given-up')
  }

  /** There is no place: whoever wanted to park the call has it back. */
  async #giveBack(line: ServiceLine, user: User | undefined): Promise<void> {
    const to = user?.extension ?? user?.name
    line.note('park-full', 'No parking place was free.', {})
    if (to !== undefined && user) await line.sendOn(to, { as: { kind: 'user', user } })
    await sayOnly(line, 'park-given-up')
  }

  #fetch(line: ServiceLine, parked: ParkedCall): boolean {
    const own = this.#service.owner(line.callId)
    const other = this.#service.owner(parked.callId)
    if (!own || !other) return false
    const instead = other.state.name === 'alerting' ? other.state.attempt.ringing[0] : undefined
    const taken = takeSeat(this.#service, { owner: own, legId: line.legId }, other, instead, 'fetched')
    if (!taken) return false
    this.lot.leave(parked)
    const name = line.user?.displayName ?? line.caller.number
    noteIn(other, taken, 'fetched', `${name} fetched ${parked.who} from ${parked.place}.`, {
      by: name,
      who: parked.who,
      place: parked.place,
    })
    return true
  }
}

const whoIs = ({ number, name }: Party): { who: string; number: string } => ({ who: name ?? number, number })
