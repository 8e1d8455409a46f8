import type { WebFeature } from '../app/feature.ts'

export const adminFeature: WebFeature = { id: 'admin' }
