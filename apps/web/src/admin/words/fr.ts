import type { adminEn } from './en.ts'

export const adminFr: typeof adminEn = {
  title: 'Administration',
}
