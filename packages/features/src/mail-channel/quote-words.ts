import type { Language, MailAddress } from '@vaxel/core'

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', sv: 'sv-SE', fr: 'fr-FR' }
const words: Readonly<Record<Language, (day: string, who: string) => string>> = {
  en: (day, who) => `On ${day}, ${who} wrote:`,
  sv: (day, who) => `Den ${day} skrev ${who}:`,
  fr: (day, who) => `Le ${day}, ${who} a écrit :`,
}

/** The line above what is quoted, in the language of whoever answers. @param timeZone the company's; UTC if absent */
export function quoteHeading(
  language: Language,
  from: MailAddress | undefined,
  atMs: number,
  timeZone: string | undefined,
): string {
  const day = new Intl.DateTimeFormat(locales[language], {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: timeZone ?? 'UTC',
  }).format(atMs)
  return words[language](day, from?.name ?? from?.address ?? '?')
}
