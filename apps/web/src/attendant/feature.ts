import type { Me } from '../app/app.ts'
import type { WebFeature } from '../app/feature.ts'

const isAttendant = ({ user, isOperator }: Me): boolean => isOperator || user.role !== 'user'

/** The place of people who put callers through. */
export const attendantFeature: WebFeature = {
  id: 'attendant',
  routes: [{ pattern: '/attendant', load: () => import('./attendant-screen.tsx') }],
  places: [
    { path: '/attendant', label: ({ shell }) => shell.attendant, icon: 'transfer', order: 11, isFor: isAttendant },
  ],
}
