import { algWords } from './alg-words.ts'
import { lineWords } from './line-words.ts'
import { natWords } from './nat-words.ts'
import { pageFindings } from './page-findings.ts'
import { pathWords } from './path-words.ts'
import { probeWords } from './probe-words.ts'
import { type Language, type Said, type Sentences, say } from './say.ts'

/** Everything that a result may say. */
export const findingWords: Sentences<string> = {
  ...pageFindings,
  ...probeWords,
  ...lineWords,
  ...natWords,
  ...algWords,
  ...pathWords,
}

/** A result's finding in a reader's language; what a newer tool says and we have no words for is told by its key. */
export function sayFinding(said: Said, language: Language): string {
  if (Object.hasOwn(findingWords, said.key)) return say(findingWords, language, said)
  const values = Object.values(said.values).join(', ')
  return values === '' ? said.key : `${said.key} (${values})`
}
