import type { WebFeature } from '../app/feature.ts'
import { Cell } from '../base/cell.ts'
import { MissedCalls } from './missed-calls.ts'
import { historyServices } from './services.ts'

const missedCount = new Cell(0)

/** Calls as they were: the list, what happened to each, links to it. */
export const historyFeature: WebFeature = {
  id: 'history',
  routes: [
    { pattern: '/live', load: () => import('./live-calls-screen.tsx') },
    { pattern: '/calls', load: () => import('./calls-screen.tsx') },
    { pattern: '/calls/:id', load: () => import('./call-screen.tsx') },
    { pattern: '/shared/:token', load: () => import('./shared-screen.tsx'), isPublic: true, isBare: true },
  ],
  places: [
    { path: '/calls', label: (words) => words.history.title, icon: 'history', order: 40, count: missedCount },
    {
      path: '/live',
      label: (words) => words.history.liveTitle,
      icon: 'activity',
      order: 45,
      isFor: ({ user }) => user.role === 'supervisor' || user.role === 'attendant',
    },
  ],
  start(app) {
    const missed = new MissedCalls(app.api)
    historyServices.missed = missed
    const stops = [
      missed.follow(app.events),
      missed.count.subscribe(() => missedCount.set(missed.count.get())),
      app.actions.add({
        id: 'history.show',
        label: (words) => words.history.title,
        icon: 'history',
        run: () => app.router.go('/calls'),
      }),
    ]
    return () => {
      for (const stop of stops) stop()
      historyServices.missed = undefined
      missedCount.set(0)
    }
  },
}
