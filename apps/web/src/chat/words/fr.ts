import type { chatEn } from './en.ts'

export const chatFr: typeof chatEn = {
  title: 'Discussion',
}
