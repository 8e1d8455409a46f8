import type { WebFeature } from '../app/feature.ts'

export const presenceFeature: WebFeature = { id: 'presence' }
