import { coreSv } from './core-sv.ts'
import { joinWords } from './join-words.ts'
import { laterSv } from './later-sv.ts'

/** Every text, for tests and as the shape of all languages. */
export const sv = joinWords(coreSv, laterSv)
