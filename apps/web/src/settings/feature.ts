import type { WebFeature } from '../app/feature.ts'

export const settingsFeature: WebFeature = { id: 'settings' }
