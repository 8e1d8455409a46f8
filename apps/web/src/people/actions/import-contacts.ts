import type { Action } from '../../app/actions.ts'
import type { App } from '../../app/app.ts'

/** Opens the import of contacts from a table. */
export const importContacts = ({ router }: App): Action => ({
  id: 'people.import',
  label: ({ people }) => people.importing.title,
  icon: 'upload',
  run: () => router.go('/people?import=1'),
})
