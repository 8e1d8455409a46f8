import type { phoneEn } from './en.ts'

export const phoneSv: typeof phoneEn = {
  title: 'Telefon',
}
