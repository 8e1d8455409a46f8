import { codesOf, type Feature, type FeatureRow, featureRows, type OwnCodes } from './feature-code.ts'
import { isParkingPlace, type Parking, parkingPlaces } from './parking-places.ts'

/** What is wrong with a company's codes or parking places, at which of them, in a sentence. */
export interface CodeMistake {
  readonly at: Feature | 'parking'
  readonly text: string
}

const written = /^[*#][0-9*#]{0,5}$/

/**
 * Finds every mistake in a company's codes: each begins with `*` or `#`, no two are the same, none hides another one,
 * and parking places are no numbers of anybody.
 * @param isTaken whether a number is somebody's of the company, or an emergency number
 */
export function checkCodes(
  own: OwnCodes | undefined,
  parking: Parking,
  isTaken: (number: string) => boolean,
): readonly CodeMistake[] {
  const mistakes: CodeMistake[] = []
  for (const feature of Object.keys(own ?? {}))
    if (!featureRows.some((row) => row.feature === feature))
      mistakes.push({ at: feature as Feature, text: `There is no feature called ${feature}.` })
  const rows = codesOf(own)
  for (const row of rows) {
    const text = mistakeOf(row, rows, isTaken)
    if (text) mistakes.push({ at: row.feature, text })
  }
  const taken = parkingPlaces(parking).filter(isTaken)
  if (taken.length > 0) mistakes.push({ at: 'parking', text: `${taken.join(', ')}: somebody has this number already.` })
  if (Number(parking.first) + parking.count - 1 >= 10 ** parking.first.length)
    mistakes.push({
      at: 'parking',
      text: `There are not so many numbers of ${parking.first.length} digits from there.`,
    })
  if (parking.fallback !== undefined && isParkingPlace(parking, parking.fallback))
    mistakes.push({ at: 'parking', text: 'Calls that nobody fetches cannot go to a parking place.' })
  return mistakes
}

function mistakeOf(
  { feature, code, argument }: FeatureRow,
  rows: readonly FeatureRow[],
  isTaken: (number: string) => boolean,
): string | undefined {
  if (!written.test(code)) return `${code}: a code begins with * or #, and has six keys at most.`
  if (isTaken(code)) return `${code} is a number of the company already.`
  const same = rows.find((other) => other.code === code && other.feature !== feature)
  if (same) return `${code} is the code of ${same.feature} too.`
  const hidden = rows.find((other) => argument !== 'none' && other.code !== code && other.code.startsWith(code))
  if (hidden) return `Digits follow ${code}, so that nobody could tell it from ${hidden.code} (${hidden.feature}).`
  return undefined
}
