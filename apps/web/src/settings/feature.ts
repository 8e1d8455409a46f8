import type { WebFeature } from '../app/feature.ts'

/** What people set for themselves; other features add sections of their own. */
export const settingsFeature: WebFeature = {
  id: 'settings',
  routes: [{ pattern: '/settings/:section?', load: () => import('./settings-screen.tsx') }],
  settings: [
    {
      id: 'profile',
      order: 10,
      title: (words) => words.settings.profile,
      icon: 'person',
      load: () => import('./profile-section.tsx'),
    },
    {
      id: 'calls',
      order: 12,
      title: (words) => words.settings.calls,
      icon: 'call-forward',
      load: () => import('./calls-section.tsx'),
    },
    {
      id: 'reach',
      order: 13,
      title: (words) => words.handling.section,
      icon: 'route',
      load: () => import('./handling/reach-section.tsx'),
    },
    {
      id: 'devices',
      order: 14,
      title: (words) => words.settings.devices,
      icon: 'desk-phone',
      load: () => import('./devices-section.tsx'),
    },
    {
      id: 'notifications',
      order: 40,
      title: (words) => words.settings.notifications,
      icon: 'bell',
      load: () => import('./notifications-section.tsx'),
    },
    {
      id: 'appearance',
      order: 50,
      title: (words) => words.settings.appearance,
      icon: 'sun',
      load: () => import('./appearance-section.tsx'),
    },
  ],
}
