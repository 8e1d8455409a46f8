import type { joinWords } from './join-words.ts'

/** Every text of the screens; English says which there are, the other languages must have the same. */
export type Words = ReturnType<typeof joinWords>
