import type { App } from '../app/app.ts'
import { Favourites } from './favourites.ts'
import { PeopleSearch } from './people-search.ts'

/** What the screens of people share, for as long as somebody is logged in. */
export interface PeopleServices {
  readonly search: PeopleSearch
  readonly favourites: Favourites
}

const made = new WeakMap<App, PeopleServices>()

/** Made when they are asked for first; what was typed and found is there again when the person comes back. */
export function peopleServices(app: App): PeopleServices {
  let services = made.get(app)
  if (!services) {
    services = {
      search: new PeopleSearch({ api: app.api, clock: app.clock, language: () => app.speech.language }),
      favourites: new Favourites({ api: app.api, onFault: app.showFault }),
    }
    made.set(app, services)
  }
  return services
}

/** They belong to whoever is logged in. */
export function forgetPeople(app: App): void {
  made.delete(app)
}
