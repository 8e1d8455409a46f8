import type { Format } from '../words/format.ts'
import type { Words } from '../words/words.ts'
import type { PhoneCall, PhoneState } from './phone-state.ts'

/** What a call is doing, in a word. */
export function stateText({ phone: { states } }: Words, { state }: PhoneCall): string {
  if (state.name !== 'connected') return states[state.name]
  if (state.isHeld) return states.held
  return state.isHeldByThem ? states.heldByThem : states.connected
}

export const whoOf = ({ name, number }: PhoneCall): string => name ?? number

/** Whether the phone can be reached, in a sentence. */
export function registrationText(
  { phone: { registration: texts } }: Words,
  format: Format,
  { registration }: PhoneState,
  nowMs: number,
): string {
  switch (registration.name) {
    case 'lost':
      return texts.lost(format.moment(registration.sinceMs, nowMs))
    default:
      return texts[registration.name]
  }
}
