import { useText } from '../../words/use-text.ts'
import { centreSentences } from './centre-sentences.ts'

export type CentreText = ReturnType<typeof useCentreText>

/** The sentences of these screens in the reader's language. */
export const useCentreText = () => useText(centreSentences)
