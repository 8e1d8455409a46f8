import type { Company, Language } from '../ports/directory.ts'

const spokenIn: Readonly<Record<string, Language>> = {
  SE: 'sv',
  FR: 'fr',
  BE: 'fr',
  LU: 'fr',
  MC: 'fr',
  MA: 'fr',
  TN: 'fr',
}

/** In which language a company's callers are spoken to of whom nothing is known. */
export const languageOf = (company: Pick<Company, 'country'>): Language =>
  spokenIn[company.country.toUpperCase()] ?? 'en'
