import type { LegId } from '@vaxel/base'
import type { CallState } from '@vaxel/core'

/** Whether keys of a leg are for a service: it talks with one, or one has sent it on and nobody has answered yet. */
export function isWithService(state: CallState, leg: LegId): boolean {
  if (state.name === 'inService') return true
  if (state.name !== 'alerting' && state.name !== 'routing') return false
  return state.seat !== undefined && state.origin === leg
}
