import type { WebFeature } from '../../app/feature.ts'

/** Password, second factors and logins, as a part of the settings. */
export const securityFeature: WebFeature = {
  id: 'security',
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
