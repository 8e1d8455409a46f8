import { useText } from '../../words/use-text.ts'
import { siteSentences } from './site-words.ts'

/** The sentences about sites in the reader's language. */
export const useSiteWords = () => useText(siteSentences)
