import type { CallId, CompanyId } from '@vaxel/base'
import { type Company, defaultParking, type ParkedCall, parkingPlaces } from '@vaxel/core'

/** Who is parked where. A place is taken from the moment in which it is promised to somebody, and free when its call is gone. */
export class ParkingLot {
  readonly #parked = new Map<CompanyId, Map<string, ParkedCall>>()
  /** Places that were told to somebody whose call is on its way there. */
  readonly #promised = new Map<string, CallId>()
  readonly #listeners = new Set<(companyId: CompanyId, place: string) => void>()

  /** The first free place, or the one that is wanted if it is free. */
  choose(company: Company, isTaken: (number: string) => boolean, wanted?: string): string | undefined {
    const free = parkingPlaces(company.parking ?? defaultParking).filter(
      (place) => !isTaken(place) && !this.at(company.id, place) && !this.#promised.has(`${company.id} ${place}`),
    )
    if (wanted === undefined) return free[0]
    return free.includes(wanted) ? wanted : undefined
  }

  /** Keeps a place for a call that is sent there. @returns a function that ends the promise */
  promise(companyId: CompanyId, place: string, callId: CallId): () => void {
    const key = `${companyId} ${place}`
    this.#promised.set(key, callId)
    return () => {
      if (this.#promised.get(key) === callId) this.#promised.delete(key)
    }
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

  #changed(companyId: CompanyId, place: string): void {
    for (const listener of this.#listeners) listener(companyId, place)
  }
}
