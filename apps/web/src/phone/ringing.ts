import type { AudioPort } from './audio-port.ts'
import type { PhoneCall } from './phone-state.ts'

/** What the page sounds for its calls: a call that comes, one that comes while another is there, or the wait for an answer. */
export function ringOf(calls: readonly PhoneCall[]): Parameters<AudioPort['ring']>[0] {
  const isIncoming = calls.some(({ state }) => state.name === 'incoming')
  const isBusy = calls.some(({ state }) => state.name !== 'incoming')
  const isCalling = calls.some(({ state }) => state.name === 'ringing' && !state.hasEarlyMedia)
  return isIncoming ? (isBusy ? 'waiting' : 'call') : isCalling ? 'ringback' : 'none'
}
