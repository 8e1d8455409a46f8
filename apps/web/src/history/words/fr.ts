import type { historyEn } from './en.ts'

export const historyFr: typeof historyEn = {
  title: 'Appels',
}
