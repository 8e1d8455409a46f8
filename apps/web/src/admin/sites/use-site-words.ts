import { say, type Values } from '@vaxel/site'
import { useMemo } from 'react'
import { useFormat } from '../../words/use-words.ts'
import { asLanguage, type SiteSentence, siteSentences } from './site-words.ts'

const none: Values = {}

/** The sentences about sites in the reader's language. */
export function useSiteWords(): (key: SiteSentence, values?: Values) => string {
  const { language } = useFormat()
  return useMemo(() => {
    const own = asLanguage(language)
    return (key, values = none) => say(siteSentences, own, { key, values })
  }, [language])
}
