import type { adminEn } from './en.ts'

export const adminSv: typeof adminEn = {
  title: 'Administration',
}
