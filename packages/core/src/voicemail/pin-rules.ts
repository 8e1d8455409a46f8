/** Why a PIN is not taken. */
export type PinMistake = 'form' | 'weak'

/**
 * Four to ten digits that are not one digit again and again, not a run, not the mailbox's own number.
 * @example pinMistake('1234', '201') // 'weak'
 */
export function pinMistake(pin: string, number: string): PinMistake | undefined {
  if (!/^\d{4,10}$/.test(pin)) return 'form'
  const steps = [...pin].slice(1).map((digit, i) => (Number(digit) - Number(pin[i]) + 10) % 10)
  const isRun = steps.every((step) => step === steps[0] && (step === 0 || step === 1 || step === 9))
  const isPairs = pin.length === 4 && pin.slice(0, 2) === pin.slice(2)
  const own = number.replace(/\D/g, '')
  return isRun || isPairs || (own.length > 2 && pin.includes(own)) ? 'weak' : undefined
}
