import type { WebFeature } from '../../app/feature.ts'

/** Password, second factors and logins, as a part of the settings. */
export const securityFeature: WebFeature = {
  id: 'security',
  routes: [{ pattern: '/security', load: () => import('./security-screen.tsx') }],
  settings: [
    {
      id: 'security',
      order: 30,
      title: (words) => words.security.title,
      icon: 'shield',
      load: () => import('./security-section.tsx'),
    },
  ],
}
