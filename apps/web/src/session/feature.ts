import type { WebFeature } from '../app/feature.ts'

/** The pages for those who are not there yet. */
export const sessionFeature: WebFeature = {
  id: 'session',
  routes: [
    { pattern: '/setup', load: () => import('./setup-screen.tsx'), isPublic: true, isBare: true },
    { pattern: '/access', load: () => import('./access-screen.tsx'), isPublic: true, isBare: true },
    { pattern: '/sso/callback', load: () => import('./sso-callback-screen.tsx'), isPublic: true, isBare: true },
  ],
}
