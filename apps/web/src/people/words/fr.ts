import type { peopleEn } from './en.ts'

export const peopleFr: typeof peopleEn = {
  title: 'Personnes',
}
