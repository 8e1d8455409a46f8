import { type Language, say, type Sentences, type Values } from '@vaxel/site'
import { useMemo } from 'react'
import { useFormat } from './use-words.ts'

const none: Values = {}

/** One of the languages that there are texts in; English for any other. */
export const asLanguage = (language: string): Language => (language === 'sv' || language === 'fr' ? language : 'en')

/**
 * Sentences of one screen in the reader's language, for texts that are loaded with their screen.
 * @param sentences the same object each time
 */
export function useText<Key extends string>(sentences: Sentences<Key>): (key: Key, values?: Values) => string {
  const { language } = useFormat()
  return useMemo(() => {
    const own = asLanguage(language)
    return (key, values = none) => say(sentences, own, { key, values })
  }, [language, sentences])
}
