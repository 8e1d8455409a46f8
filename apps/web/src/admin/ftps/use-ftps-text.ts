import { say } from '@vaxel/site'
import { useFormat } from '../../words/use-words.ts'
import { ftpsSentences } from './ftps-sentences.ts'

export type FtpsText = (key: keyof typeof ftpsSentences, values?: Readonly<Record<string, string>>) => string

/** The sentences of this screen in the reader's language. */
export function useFtpsText(): FtpsText {
  const { language: wanted } = useFormat()
  const language = wanted === 'sv' || wanted === 'fr' ? wanted : 'en'
  return (key, values = {}) => say(ftpsSentences, language, { key, values })
}
