import { useEffect, useState } from 'react'
import type { ReplyOf } from '../api/api.ts'
import { useApp } from '../app/use-app.ts'

type Queued = ReplyOf<'listWaitingWork'>['items'][number]

/** However much happens in the queues, they are read no more often. */
const leastBetweenMs = 1000
const mostShown = 100

/** Callers who wait in any queue, for people who put callers through and are no agents; kept true by the notice of the server. */
export function useQueuedCalls(isWanted: boolean): readonly Queued[] {
  const { api, events, clock } = useApp()
  const [calls, setCalls] = useState<readonly Queued[]>([])
  useEffect(() => {
    if (!isWanted) return
    let isOver = false
    let isStale = false
    let stopTimer: (() => void) | undefined
    const read = () => {
      isStale = false
      api.call('listWaitingWork', { query: { channel: 'call', limit: mostShown } }).then(
        ({ items }) => {
          if (!isOver) setCalls(items)
        },
        // What is shown stays; the next notice reads it anew.
        () => {},
      )
      stopTimer = clock.startTimer(leastBetweenMs, () => {
        stopTimer = undefined
        if (isStale) read()
      })
    }
    const changed = () => {
      isStale = true
      if (!stopTimer) read()
    }
    changed()
    const stops = [events.onNotice('work.waitingChanged', changed), events.onLive(changed)]
    return () => {
      isOver = true
      stopTimer?.()
      for (const stop of stops) stop()
    }
  }, [isWanted, api, events, clock])
  return calls
}
