import { useCallback, useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { useApp } from '../../app/use-app.ts'
import { useKeptLoaded } from '../../app/use-kept-loaded.ts'

type Forwarding = ReplyOf<'readMyForwarding'>
const kinds = ['callHandling.changed']

/** Where my calls go, as the server has it now. */
export function useForwarding() {
  const { api, showFault } = useApp()
  const [saved, setSaved] = useState<Forwarding>()
  const load = useCallback(() => {
    api.call('readMyForwarding').then(setSaved, showFault)
  }, [api, showFault])
  useKeptLoaded(load, kinds)
  const put = useCallback(
    async (rules: Forwarding['rules']) => setSaved(await api.call('putMyForwarding', { body: rules })),
    [api],
  )
  return { saved, put }
}
