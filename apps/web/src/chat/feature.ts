import type { WebFeature } from '../app/feature.ts'

export const chatFeature: WebFeature = { id: 'chat' }
