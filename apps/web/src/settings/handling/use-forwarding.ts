import { useCallback, useEffect, useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { useApp } from '../../app/use-app.ts'

type Forwarding = ReplyOf<'readMyForwarding'>

/** Where my calls go, as the server has it now. */
export function useForwarding() {
  const { api, events, showFault } = useApp()
  const [saved, setSaved] = useState<Forwarding>()
  useEffect(() => {
    const load = () => {
      api.call('readMyForwarding').then(setSaved, showFault)
    }
    load()
    const stops = [
      events.onEvent(({ kind }) => {
        if (kind === 'callHandling.changed') load()
      }),
      events.onLive(load),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [api, events, showFault])
  const put = useCallback(
    async (rules: Forwarding['rules']) => setSaved(await api.call('putMyForwarding', { body: rules })),
    [api],
  )
  return { saved, put }
}
