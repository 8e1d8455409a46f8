import type { peopleEn } from './en.ts'

export const peopleSv: typeof peopleEn = {
  title: 'Personer',
}
