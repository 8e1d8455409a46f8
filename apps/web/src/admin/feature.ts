import type { Me } from '../app/app.ts'
import type { WebFeature } from '../app/feature.ts'

const isAdministrator = ({ user, isOperator }: Me): boolean => isOperator || user.role === 'administrator'

export const adminFeature: WebFeature = {
  id: 'admin',
  routes: [{ pattern: '/admin/:section?/:id?', load: () => import('./admin-screen.tsx') }],
  places: [
    {
      path: '/admin',
      label: ({ shell }) => shell.administration,
      icon: 'building',
      order: 90,
      isFor: isAdministrator,
    },
  ],
}
