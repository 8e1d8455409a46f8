import type { Api } from '../api/api.ts'
import type { HeldCall } from './held-call.ts'
import { ownConnections } from './own-connections.ts'

/**
 * Has the server mix calls of this phone: it goes on while this page is loaded anew, and when this person leaves. One call stays;
 * those with the others end here. Rejects with what the server says.
 */
export async function joinAll(api: Api, kept: HeldCall, members: readonly HeldCall[]): Promise<void> {
  const { items } = await api.call('listLiveCalls')
  const own = ownConnections(items)
  const at = own.get(kept.call.dialog()?.callId ?? '')
  for (const { call } of members) {
    const other = call === kept.call ? undefined : own.get(call.dialog()?.callId ?? '')
    if (at === undefined || other === undefined) continue
    const { callId, legId } = at
    const body = { legId, otherCallId: other.callId }
    await api.call('commandCall', { params: { callId, verb: 'conference' }, body })
  }
}
