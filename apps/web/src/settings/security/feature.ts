import type { WebFeature } from '../../app/feature.ts'

export const securityFeature: WebFeature = { id: 'security' }
