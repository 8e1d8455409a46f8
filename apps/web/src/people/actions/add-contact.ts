import type { Action } from '../../app/actions.ts'
import type { App } from '../../app/app.ts'

/** Opens the form of a new contact. */
export const addContact = ({ router }: App): Action => ({
  id: 'people.add',
  label: ({ people }) => people.addContact,
  icon: 'person-add',
  run: () => router.go('/people?add=1'),
})
