import type { CallId, CompanyId } from '@vaxel/base'
import { type Company, defaultParking, type ParkedCall, parkingPlaces } from '@vaxel/core'

/** Who is parked where. A place is taken from the moment in which it is promised to somebody, and free when its call is gone. */
export class ParkingLot {
  readonly #parked = new Map<CompanyId, Map<string, ParkedCall>>()
  /** Places that were told to somebody whose call is on its way there. */
  readonly #promised = new Map<string, CallId>()
  readonly #isOnItsWay: (callId: CallId, place: string) => boolean
  readonly #listeners = new Set<(companyId: CompanyId, place: string) => void>()

  /** @param isOnItsWay whether a call goes to the place that it was promised: one that has ended, or was not let there, needs none */
  constructor(isOnItsWay: (callId: CallId, place: string) => boolean) {
    this.#isOnItsWay = isOnItsWay
  }

  /** The first free place, or the one that is wanted if it is free. */
  choose(company: Company, isTaken: (number: string) => boolean, wanted?: string): string | undefined {
    const free = parkingPlaces(company.parking ?? defaultParking).filter(
      (place) => !isTaken(place) && !this.at(company.id, place) && !this.#isKept(company.id, place),
    )
    if (wanted === undefined) return free[0]
    return free.includes(wanted) ? wanted : undefined
  }

  /** Keeps a place for a call that is sent there, for as long as it is on its way. */
  promise(companyId: CompanyId, place: string, callId: CallId): void {
    this.#promised.set(`${companyId} ${place}`, callId)
  }

  /** Whether the place was promised to this call. */
  isPromised(companyId: CompanyId, place: string, callId: CallId): boolean {
    return this.#promised.get(`${companyId} ${place}`) === callId
  }

  park(parked: ParkedCall): void {
    const places = this.#parked.get(parked.companyId) ?? new Map<string, ParkedCall>()
    this.#parked.set(parked.companyId, places.set(parked.place, parked))
    this.#promised.delete(`${parked.companyId} ${parked.place}`)
    this.#changed(parked.companyId, parked.place)
  }

  /** Nothing happens when another call is there by now. */
  leave({ companyId, place, callId }: Pick<ParkedCall, 'companyId' | 'place' | 'callId'>): void {
    const places = this.#parked.get(companyId)
    if (places?.get(place)?.callId !== callId) return
    places.delete(place)
    if (places.size === 0) this.#parked.delete(companyId)
    this.#changed(companyId, place)
  }

  at(companyId: CompanyId, place: string): ParkedCall | undefined {
    return this.#parked.get(companyId)?.get(place)
  }

  /** In the order of the places. */
  all(companyId: CompanyId): readonly ParkedCall[] {
    return [...(this.#parked.get(companyId)?.values() ?? [])].toSorted((a, b) => a.place.localeCompare(b.place))
  }

  /** Told whenever a place is taken or free. @returns a function that ends it */
  onChanged(listener: (companyId: CompanyId, place: string) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #isKept(companyId: CompanyId, place: string): boolean {
    const key = `${companyId} ${place}`
    const callId = this.#promised.get(key)
    if (callId !== undefined && !this.#isOnItsWay(callId, place)) this.#promised.delete(key)
    return this.#promised.has(key)
  }

  #changed(companyId: CompanyId, place: string): void {
    for (const listener of this.#listeners) listener(companyId, place)
  }
}
