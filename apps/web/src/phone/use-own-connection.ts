import { useCallback, useEffect, useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { type OwnConnection, ownConnections } from './own-connections.ts'
import type { PhoneCall } from './phone-state.ts'
import type { PhoneViewModel } from './phone-view-model.ts'

/**
 * How the server names a call of this browser, and what it knows of the leg. Undefined until it has said so, and when it does not answer.
 * @param isNews whether an event may have changed what the server knows
 * @returns what is known, and what asks again
 */
export function useOwnConnection(
  call: PhoneCall,
  phone: PhoneViewModel,
  isNews: (kind: string) => boolean,
): readonly [own: OwnConnection | undefined, askAgain: () => void] {
  const { api, events } = useApp()
  const [own, setOwn] = useState<OwnConnection>()
  const [asked, setAsked] = useState(0)
  const askAgain = useCallback(() => setAsked((count) => count + 1), [])
  const sipCallId = phone.sipCallIdOf(call.id)
  useEffect(
    () =>
      events.onEvent(({ kind }) => {
        if (isNews(kind)) askAgain()
      }),
    [events, isNews, askAgain],
  )
  useEffect(() => {
    if (sipCallId === undefined) return
    let isGone = false
    api.call('listLiveCalls').then(
      ({ items }) => {
        if (!isGone) setOwn(ownConnections(items).get(sipCallId))
      },
      () => {},
    )
    return () => {
      isGone = true
    }
  }, [api, sipCallId, asked])
  return [own, askAgain]
}
