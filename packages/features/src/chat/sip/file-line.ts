import type { ChatFile, Language } from '@vaxel/core'

const texts: Readonly<Record<Language, (name: string, size: string) => string>> = {
  en: (name, size) => `[File: ${name}, ${size}. Open it in the web app.]`,
  sv: (name, size) => `[Fil: ${name}, ${size}. Öppna den i webbappen.]`,
  fr: (name, size) => `[Fichier : ${name}, ${size}. À ouvrir dans l’application web.]`,
}

/** What a phone shows in place of a file, in its user's language. */
export function fileLine({ more, sizeBytes }: ChatFile, language: Language): string {
  const [unit, amount] = sizeBytes < 1_000_000 ? ['kilobyte', sizeBytes / 1000] : ['megabyte', sizeBytes / 1_000_000]
  const size = new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: 1 }).format(amount)
  return texts[language](more.name, size)
}
