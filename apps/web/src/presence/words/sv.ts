import type { presenceEn } from './en.ts'

export const presenceSv: typeof presenceEn = {
  title: 'Närvaro',
}
