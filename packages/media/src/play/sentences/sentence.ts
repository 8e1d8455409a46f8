/** One sentence in each language that the platform speaks. A voice reads it once, when the platform is built (docs/prompts.md). */
export interface Sentence {
  readonly en: string
  readonly sv: string
  readonly fr: string
}

/** Sentences by the name under which services say them. */
export type Sentences = Readonly<Record<string, Sentence>>
