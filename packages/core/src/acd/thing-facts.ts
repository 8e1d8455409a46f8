import type { CentreSection } from './centre-things.ts'
import type { CentreField, CentreWords } from './words/centre-words.ts'

/** Names of what things refer to; the identifier where nothing is known. */
export interface CentreNames {
  of(section: CentreSection, id: string): string
  user(userId: string): string
  sound(soundId: string): string
}

/** A thing as people read it: labels and values. */
export type ThingFacts = ReadonlyMap<string, string>

/** Gathers what is told of one thing. */
export class Facts {
  readonly told = new Map<string, string>()
  readonly words: CentreWords

  constructor(words: CentreWords) {
    this.words = words
  }

  /** Nothing is told of what is not there. */
  add(field: CentreField, value: string | number | boolean | undefined, of = ''): void {
    if (value === undefined || value === '') return
    const { words } = this
    const text = typeof value === 'boolean' ? (value ? words.yes : words.no) : String(value)
    this.told.set(words.fields[field]({ of }), text)
  }

  seconds(field: CentreField, n: number | undefined): void {
    this.add(field, n === undefined ? undefined : this.words.seconds({ n }))
  }
}
