import { useCallback, useEffect, useState } from 'react'
import type { ReplyOf, RequestOf } from '../api/api.ts'
import { useApp } from '../app/use-app.ts'

export type MySettings = ReplyOf<'readMySettings'>
type Change = NonNullable<RequestOf<'changeMySettings'>['body']>

/** My settings as the server has them, and the way to change them. */
export function useMySettings(): {
  readonly settings: MySettings | undefined
  readonly change: (change: Change) => Promise<void>
} {
  const { api, events, showFault } = useApp()
  const [settings, setSettings] = useState<MySettings>()
  useEffect(() => {
    const load = () => {
      api.call('readMySettings').then(setSettings, showFault)
    }
    load()
    return events.onLive(load)
  }, [api, events, showFault])
  const change = useCallback(async (body: Change) => setSettings(await api.call('changeMySettings', { body })), [api])
  return { settings, change }
}
