import type { WebFeature } from '../app/feature.ts'

export const phoneFeature: WebFeature = { id: 'phone' }
