import type { Language } from '../../ports/directory.ts'
import type { CentreFinding } from '../check/centre-finding.ts'
import type { Channel } from '../channel.ts'
import type { CentreWords } from './centre-words.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'
import { sv } from './sv.ts'

/** What is said about the configuration of a contact centre, by language. */
export const centreWords: Readonly<Record<Language, CentreWords>> = { en, sv, fr }

/** What is the matter, as a sentence. */
export function sayCentreFinding({ code, params }: CentreFinding, language: Language): string {
  const words = centreWords[language]
  const { channel, ...rest } = params
  return words.findings[code]({
    ...rest,
    ...(channel === undefined ? {} : { channel: words.channels[channel as Channel] }),
  })
}
