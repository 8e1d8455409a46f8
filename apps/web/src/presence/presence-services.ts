import type { App } from '../app/app.ts'
import { OwnPresence } from './own-presence.ts'
import { PresenceStore } from './presence-store.ts'

/** What shows presence anywhere on the page uses, for as long as somebody is logged in. */
export interface PresenceServices {
  readonly store: PresenceStore
  readonly own: OwnPresence
}

const made = new WeakMap<App, PresenceServices>()

export function presenceServices(app: App): PresenceServices {
  let services = made.get(app)
  if (!services) {
    const { api, clock } = app
    services = {
      store: new PresenceStore({ api, startTimer: (delayMs, run) => clock.startTimer(delayMs, run) }),
      own: new OwnPresence(api),
    }
    made.set(app, services)
  }
  return services
}

/** They belong to whoever is logged in. */
export function forgetPresence(app: App): void {
  made.delete(app)
}
