import type { chatEn } from './en.ts'

export const chatSv: typeof chatEn = {
  title: 'Chatt',
}
