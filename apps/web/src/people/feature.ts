import type { App } from '../app/app.ts'
import type { WebFeature } from '../app/feature.ts'
import { forgetPeople } from './people-services.ts'
import { findPerson } from './actions/find-person.ts'
import { addContact } from './actions/add-contact.ts'
import { importContacts } from './actions/import-contacts.ts'

export const peopleFeature: WebFeature = {
  id: 'people',
  routes: [{ pattern: '/people/:id?', load: () => import('./people-screen.tsx') }],
  places: [{ path: '/people', label: ({ people }) => people.title, icon: 'people', order: 20 }],
  start: (app: App) => {
    const showPerson = (id: string) => app.router.go(`/people/${encodeURIComponent(id)}`)
    app.services.showPerson = showPerson
    const forget = app.actions.add(findPerson(app), addContact(app), importContacts(app))
    return () => {
      forget()
      forgetPeople(app)
      if (app.services.showPerson === showPerson) delete app.services.showPerson
    }
  },
}
