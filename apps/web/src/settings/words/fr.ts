import type { settingsEn } from './en.ts'

export const settingsFr: typeof settingsEn = {
  title: 'Paramètres',
}
