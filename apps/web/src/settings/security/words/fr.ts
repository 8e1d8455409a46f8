import type { securityEn } from './en.ts'

export const securityFr: typeof securityEn = {
  title: 'Sécurité',
}
