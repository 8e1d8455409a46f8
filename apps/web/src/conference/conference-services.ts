import type { App } from '../app/app.ts'
import { ConferenceStore } from './conference-store.ts'

const made = new WeakMap<App, ConferenceStore>()

/** The conferences that somebody may see, for as long as they are logged in. */
export function conferenceStore(app: App): ConferenceStore {
  let store = made.get(app)
  if (!store) {
    store = new ConferenceStore(app.api)
    made.set(app, store)
  }
  return store
}

export function forgetConferences(app: App): void {
  made.delete(app)
}
