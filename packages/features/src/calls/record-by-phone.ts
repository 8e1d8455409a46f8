import type { LegId, Refusal } from '@vaxel/base'
import type { CallOwner } from './call-owner.ts'
import type { Recordings } from './recordings.ts'

/**
 * A telephone's own key for recording, told by INFO with `Record: on` or `off` (as snom's do). The company's rules hold as on the screen; what
 * is so already is no mistake. Trunks record nothing here.
 * @returns the status of the answer
 */
export async function recordByPhone(
  recordings: Pick<Recordings, 'start' | 'stop' | 'stateOf'>,
  owner: CallOwner,
  legId: LegId,
  isOn: boolean,
): Promise<number> {
  const leg = owner.legs.get(legId)
  const row = owner.state.call.legs.get(legId)
  if (!leg || row?.answeredAtMs === undefined) return 481
  if (row.party.userId === undefined) return 403
  if ((recordings.stateOf(owner.id, legId) !== undefined) === isOn) return 200
  const refused: Refusal | undefined = isOn ? await recordings.start(owner, leg) : recordings.stop(owner, legId, false)
  return refused?.sip ?? 200
}
