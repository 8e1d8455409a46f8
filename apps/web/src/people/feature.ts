import type { WebFeature } from '../app/feature.ts'

export const peopleFeature: WebFeature = { id: 'people' }
