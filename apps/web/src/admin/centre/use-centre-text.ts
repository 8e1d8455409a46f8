import { useText } from '../../words/use-text.ts'
import { centreSentences } from './centre-sentences.ts'

/** The sentences of these screens in the reader's language. */
export const useCentreText = () => useText(centreSentences)
