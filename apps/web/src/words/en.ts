import { coreEn } from './core-en.ts'
import { joinWords } from './join-words.ts'
import { laterEn } from './later-en.ts'

/** Every text, for tests and as the shape of all languages. */
export const en = joinWords(coreEn, laterEn)
