import { type Language, pageFindings, type Said, say, type Sentences, type Values } from '@vaxel/site'
import { words, type WordKey } from '../words.ts'

/** The page's texts in one language. */
export interface Speech {
  readonly language: Language
  word(key: WordKey, values?: Values): string
  /** A finding of a report; one that a newer page made is shown by its key. */
  finding(said: Said): string
  dateTime(iso: string): string
}

export const speechOf = (language: Language): Speech => ({
  language,
  word: (key, values = {}) => say(words, language, { key, values }),
  finding: ({ key, values }) =>
    key in pageFindings ? say(pageFindings as Sentences<string>, language, { key, values }) : key,
  dateTime: (iso) =>
    new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }).format(new Date(iso)),
})
