import type { Me } from '../app/app.ts'
import type { WebFeature } from '../app/feature.ts'

const isSupervisor = ({ user, isOperator }: Me): boolean =>
  isOperator || user.role === 'supervisor' || user.role === 'administrator'

/** What supervisors see of the contact centre, and what they do there. */
export const supervisorFeature: WebFeature = {
  id: 'supervisor',
  routes: [
    { pattern: '/supervisor', load: () => import('./now-screen.tsx') },
    { pattern: '/supervisor/agents', load: () => import('./agents-screen.tsx') },
    { pattern: '/supervisor/reports', load: () => import('./reports-screen.tsx') },
    { pattern: '/supervisor/items', load: () => import('./items-screen.tsx') },
    { pattern: '/supervisor/quality', load: () => import('./quality-screen.tsx') },
    { pattern: '/wallboard', load: () => import('./wallboard-screen.tsx'), isBare: true },
    { pattern: '/own-scores', load: () => import('./own-scores-screen.tsx') },
  ],
  places: [
    {
      path: '/supervisor',
      label: ({ shell }) => shell.supervisor,
      icon: 'signal',
      order: 13,
      isFor: isSupervisor,
    },
  ],
}
