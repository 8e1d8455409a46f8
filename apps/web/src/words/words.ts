import type { Words } from './shape.ts'

export type { Words } from './shape.ts'

export type Language = 'en' | 'sv' | 'fr'

export const languages: readonly { readonly id: Language; readonly name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'sv', name: 'Svenska' },
  { id: 'fr', name: 'Français' },
]

/** The first of the wished languages that there is, else English. @param wished BCP 47 tags */
export function chooseLanguage(wished: readonly string[]): Language {
  for (const tag of wished) {
    const language = languages.find(({ id }) => tag.toLowerCase().split('-', 1)[0] === id)
    if (language) return language.id
  }
  return 'en'
}

/** Loads the texts of one language; they are a file of their own each. */
export async function loadWords(language: Language): Promise<Words> {
  switch (language) {
    case 'en':
      return (await import('./en.ts')).en
    case 'sv':
      return (await import('./sv.ts')).sv
    case 'fr':
      return (await import('./fr.ts')).fr
  }
}
