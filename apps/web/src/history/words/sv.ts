import type { historyEn } from './en.ts'

export const historySv: typeof historyEn = {
  title: 'Samtal',
}
