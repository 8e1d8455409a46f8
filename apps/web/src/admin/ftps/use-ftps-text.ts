import { useText } from '../../words/use-text.ts'
import { ftpsSentences } from './ftps-sentences.ts'

/** The sentences of this screen in the reader's language. */
export const useFtpsText = () => useText(ftpsSentences)
