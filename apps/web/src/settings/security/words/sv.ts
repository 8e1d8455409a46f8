import type { securityEn } from './en.ts'

export const securitySv: typeof securityEn = {
  title: 'Säkerhet',
}
