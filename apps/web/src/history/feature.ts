import type { WebFeature } from '../app/feature.ts'

export const historyFeature: WebFeature = { id: 'history' }
