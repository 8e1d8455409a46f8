import { Cell, type Value } from '../base/cell.ts'
import type { KeptValues } from '../base/storage.ts'

export type Theme = 'system' | 'light' | 'dark'

const key = 'theme'

/** Light, dark, or as the system has it; kept in this browser. */
export class Appearance {
  readonly theme: Value<Theme>
  readonly #theme: Cell<Theme>
  readonly #kept: KeptValues
  readonly #show: (theme: Theme) => void

  constructor({ kept, show }: { kept: KeptValues; show: (theme: Theme) => void }) {
    this.#kept = kept
    this.#show = show
    const before = kept.get<Theme>(key)
    this.#theme = new Cell<Theme>(before === 'light' || before === 'dark' ? before : 'system')
    this.theme = this.#theme
    show(this.#theme.get())
  }

  choose(theme: Theme): void {
    this.#kept.set(key, theme)
    this.#theme.set(theme)
    this.#show(theme)
  }
}
