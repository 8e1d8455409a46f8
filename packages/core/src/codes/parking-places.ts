/** Where calls are parked: numbers that everybody of the company can dial and watch. */
export interface Parking {
  /** The first place, `701`. */
  readonly first: string
  /** How many, one after another. */
  readonly count: number
  /** After so long, whoever parked the call is called. */
  readonly recallSeconds: number
  /** Where the call goes when nobody takes the recall, as dialled; absent: it is parked again, twice at most. */
  readonly fallback?: string
}

export const defaultParking: Parking = { first: '701', count: 10, recallSeconds: 60 }

/** The numbers of all places, in order. */
export function parkingPlaces({ first, count }: Parking): readonly string[] {
  const start = Number(first)
  return Array.from({ length: count }, (_, index) => String(start + index).padStart(first.length, '0'))
}

/** Whether a number is a parking place. */
export function isParkingPlace({ first, count }: Parking, number: string): boolean {
  if (number.length !== first.length || !/^\d+$/.test(number)) return false
  const index = Number(number) - Number(first)
  return index >= 0 && index < count
}
