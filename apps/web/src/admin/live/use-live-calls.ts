import type { ReplyOf } from '../../api/api.ts'
import { useApp } from '../../app/use-app.ts'
import { useList } from '../use-list.ts'

export type LiveCall = ReplyOf<'readLiveCall'>

/** Calls that go on now, by the events of calls. */
export function useLiveCalls() {
  const { api } = useApp()
  return useList<LiveCall>(
    'live calls',
    () => api.call('listLiveCalls'),
    ({ kind }) => kind.startsWith('call.'),
  )
}
