import type { phoneEn } from './en.ts'

export const phoneFr: typeof phoneEn = {
  title: 'Téléphone',
}
