import { useCallback, useEffect, useState } from 'react'
import type { RequestOf } from '../api/api.ts'
import { useApp } from '../app/use-app.ts'
import type { Calendar } from './health-text.ts'

export type CalendarWish = NonNullable<RequestOf<'putMyCalendar'>['body']>

/** A calendar with the way to change it; `undefined` until it is known, `null` when there is none. */
export interface CalendarHands {
  readonly calendar: Calendar | null | undefined
  readonly put: (wish: CalendarWish) => Promise<void>
  readonly readNow: () => Promise<void>
  readonly remove: () => Promise<void>
}

/** @param userId absent: my own */
export function useCalendar(userId?: string): CalendarHands {
  const { api, clock, events, showFault } = useApp()
  const [calendar, setCalendar] = useState<Calendar | null>()
  const load = useCallback(async () => {
    const found =
      userId === undefined
        ? await api.call('readMyCalendar')
        : await api.call('readUserCalendar', { params: { userId } })
    setCalendar(found.calendar ?? null)
  }, [api, userId])
  useEffect(() => {
    const look = () => void load().catch(showFault)
    look()
    const stops = [events.onNotice('calendar.changed', look), events.onLive(look)]
    return () => {
      for (const stop of stops) stop()
    }
  }, [load, events, showFault])
  // Whoever sets it for somebody else is not told when it has been read.
  const isReading = calendar?.state === 'reading'
  useEffect(
    () => (isReading && userId !== undefined ? clock.startTimer(2000, () => void load().catch(showFault)) : undefined),
    [isReading, userId, clock, load, showFault],
  )
  return {
    calendar,
    put: async (body) =>
      setCalendar(
        userId === undefined
          ? await api.call('putMyCalendar', { body })
          : await api.call('putUserCalendar', { params: { userId }, body }),
      ),
    readNow: async () => setCalendar(await api.call('readMyCalendarNow')),
    remove: async () => {
      if (userId === undefined) await api.call('removeMyCalendar')
      else await api.call('removeUserCalendar', { params: { userId } })
      setCalendar(null)
    },
  }
}
