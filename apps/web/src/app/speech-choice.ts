import { Cell, type Value } from '../base/cell.ts'
import type { KeptValues } from '../base/storage.ts'
import type { Speech } from '../words/use-words.ts'
import { Format } from '../words/format.ts'
import { chooseLanguage, type Language, loadWords } from '../words/words.ts'

const key = 'language'

/** Which language the screens speak: what was chosen in this browser, else the user's, else the browser's. */
export class SpeechChoice {
  readonly speech: Value<Speech>
  readonly #speech: Cell<Speech>
  readonly #kept: KeptValues
  readonly #show: (language: Language) => void

  private constructor(speech: Speech, kept: KeptValues, show: (language: Language) => void) {
    this.#speech = new Cell(speech)
    this.speech = this.#speech
    this.#kept = kept
    this.#show = show
  }

  static async load(options: {
    kept: KeptValues
    wished: readonly string[]
    show: (language: Language) => void
  }): Promise<SpeechChoice> {
    const chosen = options.kept.get<Language>(key)
    const language = chooseLanguage(chosen === undefined ? options.wished : [chosen])
    options.show(language)
    return new SpeechChoice(await speechOf(language), options.kept, options.show)
  }

  get language(): Language {
    return this.speech.get().format.language as Language
  }

  async choose(language: Language): Promise<void> {
    this.#kept.set(key, language)
    await this.#change(language)
  }

  /** The user's own language, where none was chosen in this browser. */
  async follow(language: Language): Promise<void> {
    if (this.#kept.get<Language>(key) === undefined) await this.#change(language)
  }

  async #change(language: Language): Promise<void> {
    const speech = await speechOf(language)
    this.#show(language)
    this.#speech.set(speech)
  }
}

const speechOf = async (language: Language): Promise<Speech> => ({
  words: await loadWords(language),
  format: new Format(language),
})
