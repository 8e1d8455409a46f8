import type { App } from '../app/app.ts'
import type { WebFeature } from '../app/feature.ts'
import type { Words } from '../words/words.ts'

/** What comes first needs the network more. */
const lookAfterMs = 15_000

/** People's calendars: the owner sets one, and is told when it cannot be read. */
export const calendarFeature: WebFeature = {
  id: 'calendar',
  settings: [
    {
      id: 'calendar',
      order: 15,
      title: ({ calendar }) => calendar.title,
      icon: 'calendar',
      load: () => import('./calendar-section.tsx'),
    },
  ],
  start(app) {
    const look = () => {
      app.api.call('readMyCalendar').then(
        ({ calendar }) => calendar && tell(app, calendar),
        // The next notice, or login, tells.
        () => {},
      )
    }
    const stops = [
      app.clock.startTimer(lookAfterMs, look),
      app.events.onNotice('calendar.changed', ({ data }) => tell(app, data)),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  },
}

/** One toast, which stays until it is read; none for a fault that may be over in a moment, nor to whoever looks at it. */
function tell({ router, speech, toasts }: App, { state, trouble }: { state?: unknown; trouble?: unknown }): void {
  const { calendar } = speech.speech.get().words
  const known: Words['calendar'] | undefined = calendar
  if (state !== 'lost' || typeof trouble !== 'string' || !known || location.pathname === '/settings/calendar') return
  toasts.show({
    tone: 'warn',
    text: known.broken,
    action: { label: known.open, run: () => router.go('/settings/calendar') },
  })
}
