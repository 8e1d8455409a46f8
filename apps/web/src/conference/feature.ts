import type { WebFeature } from '../app/feature.ts'
import { conferenceStore, forgetConferences } from './conference-services.ts'

export const conferenceFeature: WebFeature = {
  id: 'conference',
  routes: [{ pattern: '/conferences/:number?', load: () => import('./conferences-screen.tsx') }],
  places: [{ path: '/conferences', label: ({ conference }) => conference.place, icon: 'conference', order: 27 }],
  start: (app) => {
    const stop = conferenceStore(app).follow(app.events)
    return () => {
      stop()
      forgetConferences(app)
    }
  },
}
