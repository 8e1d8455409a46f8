import type { settingsEn } from './en.ts'

export const settingsSv: typeof settingsEn = {
  title: 'Inställningar',
}
