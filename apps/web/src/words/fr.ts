import { coreFr } from './core-fr.ts'
import { joinWords } from './join-words.ts'
import { laterFr } from './later-fr.ts'

/** Every text, for tests and as the shape of all languages. */
export const fr = joinWords(coreFr, laterFr)
