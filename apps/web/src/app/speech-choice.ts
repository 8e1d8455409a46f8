import { persistently } from './late.ts'
import { Cell, type Value } from '../base/cell.ts'
import type { KeptValues } from '../base/storage.ts'
import type { Speech } from '../words/use-words.ts'
import { Format } from '../words/format.ts'
import { chooseLanguage, type Language, loadAllWords, loadFirstWords } from '../words/words.ts'

const key = 'language'

let whole: Promise<void> | undefined
let fetchWhole: () => Promise<void> = () => Promise.resolve()

/** Fetches all texts, once. Screens that say more than what it takes to begin and to call wait for it. */
export const allWords = (): Promise<void> => (whole ??= fetchWhole())

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
    const first = { words: await loadFirstWords(language), format: new Format(language) }
    const choice = new SpeechChoice(first, options.kept, options.show)
    fetchWhole = () => choice.#complete()
    return choice
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

  /** The texts that were not needed at once. */
  async #complete(): Promise<void> {
    const { language } = this
    const words = await persistently(() => loadAllWords(language))
    if (this.language === language) this.#speech.set({ words, format: this.#speech.get().format })
  }

  async #change(language: Language): Promise<void> {
    const words = await (whole ? loadAllWords : loadFirstWords)(language)
    // They were wanted meanwhile, in the language that was.
    const all = whole ? await loadAllWords(language) : words
    const speech = { words: all, format: new Format(language) }
    this.#show(language)
    this.#speech.set(speech)
  }
}
