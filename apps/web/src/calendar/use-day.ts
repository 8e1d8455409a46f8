import { useEffect, useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { presenceServices } from '../presence/presence-services.ts'
import type { ColleagueDay } from './day-lines.ts'

/** Whoever goes through a list with the arrow keys asks for nobody's day on the way. */
const restMs = 150

/** What the calendar of a colleague says; asked anew when their presence changes. Undefined until it is known. */
export function useDay(userId: string): ColleagueDay | undefined {
  const app = useApp()
  const { api, clock } = app
  const [known, setKnown] = useState<{ readonly userId: string; readonly day: ColleagueDay }>()
  const presence = useValue(presenceServices(app).store.of(userId))
  const version = [presence?.state, presence?.why, presence?.until, presence?.place].join(' ')
  useEffect(() => {
    let isGone = false
    const stop = clock.startTimer(restMs, () => {
      api
        .call('readColleagueDay', { params: { userId } })
        .then((day) => isGone || setKnown({ userId, day }))
        // It stands beside what is more important: without it the rest is as good as before.
        .catch(() => {})
    })
    return () => {
      isGone = true
      stop()
    }
  }, [api, clock, userId, version])
  return known?.userId === userId ? known.day : undefined
}
