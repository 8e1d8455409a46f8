import type { Action } from '../../app/actions.ts'
import type { App } from '../../app/app.ts'

/** Goes to the search field of people. */
export const findPerson = ({ router }: App): Action => ({
  id: 'people.find',
  label: ({ people }) => people.find,
  icon: 'search',
  shortcut: 'Alt+P',
  run: () => router.go('/people?find=1'),
})
