import type { Cadence } from './cadence.ts'

/** Frequencies of the keypad's rows and columns (ITU-T Q.23), hertz. */
export const dtmfRowsHz = [697, 770, 852, 941] as const
export const dtmfColumnsHz = [1209, 1336, 1477, 1633] as const
const keys = '123A456B789C*0#D'

export function dtmfKey(row: number, column: number): string {
  return keys[row * 4 + column] as string
}

/**
 * The sound of digits, to be sent in band.
 * @param digits 0 to 9, *, #, A to D; anything else is left out
 * @param durationMs of each; the pause between two is 70 ms (ITU-T Q.24 asks for at least 65)
 */
export function dtmfCadence(digits: string, durationMs = 100): Cadence {
  const steps = [...digits.toUpperCase()].flatMap((digit) => {
    const index = keys.indexOf(digit)
    if (index < 0) return []
    const frequenciesHz = [dtmfRowsHz[index >> 2] as number, dtmfColumnsHz[index & 3] as number]
    return [
      { frequenciesHz, durationMs },
      { frequenciesHz: [], durationMs: 70 },
    ]
  })
  return { steps, isRepeated: false, levelDbov: -11 }
}
