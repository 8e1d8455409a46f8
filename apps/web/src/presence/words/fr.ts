import type { presenceEn } from './en.ts'

export const presenceFr: typeof presenceEn = {
  title: 'Présence',
}
