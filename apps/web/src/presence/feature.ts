import type { WebFeature } from '../app/feature.ts'
import { chooseState } from './actions/choose-state.ts'
import { forgetPresence, presenceServices } from './presence-services.ts'
import { StatusPicker } from './status-picker.tsx'

export const presenceFeature: WebFeature = {
  id: 'presence',
  routes: [{ pattern: '/board', load: () => import('./board-screen.tsx') }],
  places: [{ path: '/board', label: ({ presence }) => presence.place, icon: 'activity', order: 25 }],
  bar: { order: 90, Part: StatusPicker },
  start: (app) => {
    const { store, own } = presenceServices(app)
    const me = app.me.get()
    const stops = [
      store.follow(app.events),
      app.events.onLive(() => void own.load()),
      app.actions.add(...chooseState(app)),
      ...(me ? [own.follow(store, me.user.id)] : []),
    ]
    return () => {
      for (const stop of stops) stop()
      forgetPresence(app)
    }
  },
}
