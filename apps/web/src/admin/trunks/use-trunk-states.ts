import type { ReplyOf } from '../../api/api.ts'
import { onConfiguration } from '../../api/remote-list.ts'
import { useApp } from '../../app/use-app.ts'
import { useList } from '../use-list.ts'

export type TrunkState = ReplyOf<'readTrunkState'>

const isConfiguration = onConfiguration('trunk')

/** How trunks are now; loaded anew whenever one of them is told to have changed. */
export function useTrunkStates() {
  const { api } = useApp()
  return useList<TrunkState>(
    'trunkStates',
    (after) => api.call('listTrunkStates', { query: after === undefined ? {} : { after } }),
    (event) => ('kind' in event && event.kind.startsWith('trunk.')) || isConfiguration(event),
  )
}
