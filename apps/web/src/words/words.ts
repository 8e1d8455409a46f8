// For the texts of each language, in whose files it is used.
import './count.ts'
import { joinWords } from './join-words.ts'
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

/** The texts of one language that are needed at once; what is missing in them comes with {@link loadAllWords}. */
export async function loadFirstWords(language: Language): Promise<Words> {
  switch (language) {
    case 'en':
      return (await import('./core-en.ts')).coreEn as Words
    case 'sv':
      return (await import('./core-sv.ts')).coreSv as Words
    case 'fr':
      return (await import('./core-fr.ts')).coreFr as Words
  }
}

/** All texts of one language. */
export async function loadAllWords(language: Language): Promise<Words> {
  const first = await loadFirstWords(language)
  switch (language) {
    case 'en':
      return joinWords(first, (await import('./later-en.ts')).laterEn)
    case 'sv':
      return joinWords(first, (await import('./later-sv.ts')).laterSv)
    case 'fr':
      return joinWords(first, (await import('./later-fr.ts')).laterFr)
  }
}
