import type { WebFeature } from '../app/feature.ts'

/** Recorded calls: found, heard, kept, deleted. */
export const recordingsFeature: WebFeature = {
  id: 'recordings',
  routes: [{ pattern: '/recordings/:id?', load: () => import('./recordings-screen.tsx') }],
  places: [{ path: '/recordings', label: (words) => words.recordings.title, icon: 'record', order: 43 }],
  start: (app) =>
    app.actions.add({
      id: 'recordings.show',
      label: (words) => words.recordings.title,
      icon: 'record',
      run: () => app.router.go('/recordings'),
    }),
}
